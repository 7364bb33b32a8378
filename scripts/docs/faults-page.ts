import type { FisAction } from '../../lib/fis/action.ts';
import { actionIds, catalogue } from '../../lib/fis/catalogue.ts';
import { generated, page } from './generated.ts';
import { jsonNode } from './json-node.ts';
import { schemaList } from './schema-list.ts';

/** docs/reference/faults.md: every action of the catalogue. */
export function faultsPage(): string {
  return page(
    generated('lib/fis/catalogue.ts'),
    '',
    '# Faults',
    '',
    'A fault is one action of AWS FIS with its parameters and its selector. These are the actions that a definition can name.',
    'How durations and percentages are written is told in [definitions](definitions.md#quantities-and-names).',
    '',
    ...actionIds.map((id) => `- [\`${id}\`](#${id.replaceAll(':', '')}): ${catalogue[id].title}.`),
    ...actionIds.flatMap((id) => ['', ...actionLines(catalogue[id])]),
  );
}

function actionLines(action: FisAction): string[] {
  const parameters = schemaList([]).lines(jsonNode(action.parameters, 'input'));
  return [
    `## ${action.id}`,
    '',
    `${action.title}. Acts on \`${action.target.resourceType}\`, at most ${action.target.maximum} at once.`,
    '',
    ...(parameters.length === 0 ? ['It takes no parameters.'] : ['Parameters:', '', ...parameters]),
    '',
    action.durationParameter === undefined
      ? 'It is over at once; a wait holds the stage open for as long as the stage lasts.'
      : 'It lasts as long as the stage.',
    action.trafficShareParameter === undefined
      ? 'A stage gives a share of the targets, never of the traffic.'
      : 'A stage gives a share of the targets, or of the traffic.',
    '',
    'The target needs:',
    '',
    ...action.requires.map((need) => `- ${need}`),
    '',
    `What it leaves behind when it is stopped early: ${action.leavesBehind}.`,
    '',
    `In a rehearsal: ${rehearsalWords(action)}.`,
    '',
    'The role that FIS takes on gets these permissions:',
    '',
    ...action.permissions.map(
      ({ action: name, confinedBy }) => `- \`${name}\`: ${confinementWords(confinedBy)}`,
    ),
    '',
    `Source: ${action.source}.`,
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

function confinementWords(confinedBy: FisAction['permissions'][number]['confinedBy']): string {
  if (confinedBy === 'tag') return 'only on resources with the environment tag';
  if (confinedBy === 'managedInstanceTag') {
    return "only on managed instances with the environment tag, and only with Amazon's own FIS documents";
  }
  return `not confined: ${confinedBy.none}`;
}
