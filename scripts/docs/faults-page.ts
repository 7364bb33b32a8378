import { stringify } from 'yaml';
import { labFaults } from '../../lib/experiment/lab-faults/lab-faults.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actionServices, actions } from '../../lib/fis/catalogue.ts';
import { evidenceWords } from '../../lib/fis/evidence.ts';
import { exampleFault, parameterFactsOf } from '../../lib/fis/parameter-facts.ts';
import { confinementWords } from '../../lib/fis/permission.ts';
import { resourceTypeFacts } from '../../lib/fis/resource-types.ts';
import { fisPrice } from '../../lib/fis/source.ts';
import { generated, page } from './generated.ts';

/** docs/reference/faults.md: every action of the catalogue. */
export function faultsPage(): string {
  return page(
    generated('lib/fis/catalogue.ts'),
    '',
    '# Faults',
    '',
    'A fault is one action of AWS FIS with its parameters and its selector. These are the actions that a definition can name, all that FIS has, and last the faults of a lab, which make an experiment rehearsal-only.',
    'How durations and percentages are written is told in [definitions](definitions.md#quantities-and-names). `npx steadfast faults` lists them, `npx steadfast faults aws:ecs:stop-task` explains one.',
    '',
    `FIS asks $${fisPrice.usdPerActionMinute.toFixed(2)} for a minute of an action ($${fisPrice.usdPerActionMinuteInGovCloud.toFixed(2)} in GovCloud), however many targets it has.`,
    '',
    ...actionServices
      .flatMap((service) => [
        '',
        `**${service}**`,
        '',
        ...entriesOf(actions.filter((action) => action.service === service)),
      ])
      .slice(1),
    '',
    '**lab**',
    '',
    ...entriesOf(labFaults),
    ...[...actions, ...labFaults].flatMap((action) => ['', ...actionLines(action)]),
  );
}

const anchorOf = (id: string) => id.replaceAll(':', '');

const entriesOf = (listed: readonly FisAction[]): string[] =>
  listed.map(({ id, title }) => `- [\`${id}\`](#${anchorOf(id)}): ${title}.`);

function actionLines(action: FisAction): string[] {
  return [
    `## ${action.id}`,
    '',
    `${action.title}. ${targetWords(action)}`,
    '',
    ...parameterLines(action),
    '',
    action.durationParameter === undefined
      ? 'It is over at once; a wait holds the stage open for as long as the stage lasts.'
      : 'It lasts as long as the stage.',
    action.trafficShareParameter === undefined
      ? 'A stage gives a share of the targets, never of the traffic.'
      : 'A stage gives a share of the targets, or of the traffic.',
    '',
    ...listed('The target needs:', action.requires),
    ...listed('Its limits:', action.limits ?? []),
    `What it leaves behind when it is stopped early: ${action.leavesBehind}.`,
    '',
    `What shows that it bit: ${evidenceWords(action.evidence).map(sentence).join(' ')}`,
    '',
    `In a rehearsal: ${rehearsalWords(action)}.`,
    '',
    ...listed(
      'The role that FIS takes on needs these permissions:',
      action.permissions.map(
        (permission) =>
          `\`${permission.action}\`${permission.on === undefined ? '' : ` on \`${permission.on}\``}${permission.when === undefined ? '' : `, ${permission.when}`}: ${confinementWords(permission)}`,
      ),
    ),
    ...listed('Kubernetes must allow it, in the namespace:', action.kubernetes ?? []),
    '```yaml',
    ...stringify({ faults: { example: exampleFault(action) } })
      .trimEnd()
      .split('\n'),
    '```',
    '',
    `Source: ${action.source}.`,
  ];
}

/** The first word of an effect goes on after the colon; what follows begins anew. */
const sentence = (text: string, index: number) =>
  `${index === 0 ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`}.`;

const listed = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, '', ...items.map((item) => `- ${item}`), ''];

function targetWords({ target }: FisAction): string {
  if (target === undefined) return 'Hits no resource of its own, so it takes no selector.';
  const most = target.maximum === undefined ? '' : `, at most ${target.maximum} at once`;
  const { declaredUnder } = resourceTypeFacts(target.resourceType);
  const declared =
    declaredUnder === undefined
      ? ''
      : `, which FIS cannot select by tag: those that the selected service declares under \`${declaredUnder}\``;
  return `Acts on \`${target.resourceType}\`${most}${declared}.`;
}

function parameterLines(action: FisAction): string[] {
  const facts = parameterFactsOf(action);
  if (facts.length === 0) return ['It takes no parameters.'];
  return [
    'Parameters:',
    '',
    ...facts.map(
      ({ name, kind, isRequired, description }) =>
        `- \`${name}\` (${kind}${isRequired ? ', required' : ''}). ${description}`,
    ),
  ];
}

function rehearsalWords({ rehearsal }: FisAction): string {
  switch (rehearsal.fidelity) {
    case 'same':
      return 'the same';
    case 'approximate':
      return `approximate; ${rehearsal.differs}`;
    case 'not rehearsable':
      return `not rehearsable; ${rehearsal.why}`;
  }
}
