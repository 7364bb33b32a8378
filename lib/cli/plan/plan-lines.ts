import { createColors } from 'picocolors';
import { plainText } from '../view/text-width.ts';
import { costLines } from './cost-lines.ts';
import { exposureLines } from './exposure-lines.ts';
import type { RunPlanDocument } from './run-plan-document.ts';
import { targetLines } from './target-lines.ts';
import { columnsAssumed, hanging, lastsWords, type Paper } from './words.ts';

/** The plan of a run as people read it, in the order in which one decides by it. */
export function runPlanLines(
  plan: RunPlanDocument,
  { columns = columnsAssumed, colours }: { readonly columns?: number | undefined; readonly colours: boolean },
): string[] {
  const paper: Paper = { columns, paint: createColors(colours) };
  const section = (title: string, lines: readonly string[]) => ['', paper.paint.bold(title), ...lines];
  return [
    ...headLines(plan, paper),
    ...section('Will it start?', startLines(plan, paper)),
    ...section('What will be hit?', targetLines(plan, paper)),
    ...section('What can go wrong at worst?', exposureLines(plan, paper)),
    ...section('What does it cost?', costLines(plan, paper)),
    ...section('Who may?', permissionLines(plan, paper)),
    ...section(
      'Not asked',
      plan.notAsked.flatMap((one) => hanging('  ', one, columns)),
    ),
  ];
}

function headLines(plan: RunPlanDocument, { columns, paint }: Paper): string[] {
  const { experiment, environment, lasts } = plan;
  const { baselineSeconds, stagesSeconds, recoverySeconds } = lasts;
  const production = environment.production ? ', production' : '';
  const from: Record<string, string> = {
    same: 'This project’s definition, which is what is deployed.',
    other: `This project’s definition. What is deployed is another one, and that is what a run would start: npx cdk deploy --all -c env=${environment.id}`,
    absent: 'This project’s definition; nothing of it is deployed yet.',
  };
  const source =
    plan.from === 'deployed'
      ? 'What is deployed: this project has not both definitions.'
      : from[plan.deployed ?? ''];
  return [
    paint.bold(plainText(`${experiment.id} in ${environment.id}`)) +
      ` (${environment.account} ${environment.region}${production})`,
    ...hanging('  ', experiment.title, columns),
    ...hanging(
      '  ',
      `Lasts about ${lastsWords(baselineSeconds + stagesSeconds + recoverySeconds)}: ${lastsWords(baselineSeconds)} of baseline, ${lastsWords(stagesSeconds)} of stages, up to ${lastsWords(recoverySeconds)} of recovery.`,
      columns,
    ),
    ...(source === undefined ? [] : hanging('  ', source, columns)),
  ];
}

function startLines({ admitted, rejection, checks }: RunPlanDocument, { columns, paint }: Paper): string[] {
  if (admitted === undefined) return ['  Nobody can tell: AWS was not asked.'];
  const names = Math.max(...checks.map(({ check }) => check.length));
  const marks = { yes: paint.green('ok'), no: paint.red('NO'), unknown: paint.yellow('??') };
  return [
    admitted ? '  Yes, as things are now.' : `  No: it would be rejected (${rejection}).`,
    ...checks.flatMap(({ check, passed, evidence, hints }) => {
      const mark = passed === undefined ? 'unknown' : passed ? 'yes' : 'no';
      const plain = { yes: 'ok', no: 'NO', unknown: '??' }[mark];
      const head = `  ${plain}  ${check.padEnd(names)}  `;
      const indent = ' '.repeat(head.length);
      return [
        ...hanging(head, evidence, columns).map((line, index) =>
          index === 0 ? line.replace(`  ${plain}  `, `  ${marks[mark]}  `) : line,
        ),
        ...hints.flatMap((hint) => hanging(indent, hint, columns)),
      ];
    }),
  ];
}

function permissionLines({ permissions, environment }: RunPlanDocument, { columns, paint }: Paper): string[] {
  const by = Map.groupBy(permissions, ({ who }) => who);
  return [...by]
    .flatMap(([who, all]) => {
      const allowed = all.filter((one) => one.allowed === true).length;
      const refused = all.filter((one) => one.allowed === false);
      const unknown = Map.groupBy(
        all.filter((one) => one.allowed === undefined),
        ({ why = 'nobody could tell' }) => why,
      );
      return [
        ...hanging('  ', who, columns),
        ...(allowed === 0 ? [] : [`    may do ${allowed} of the ${all.length} things that are needed`]),
        ...refused.flatMap(({ action, resource, why = 'IAM does not allow it' }) =>
          hanging(`    ${paint.red('NO')}  `, `${action} on ${resource}: ${why}`, columns),
        ),
        ...[...unknown].flatMap(([why, needs]) => [
          ...hanging('    ??  ', why, columns),
          ...hanging('        ', `it needs ${needs.map(({ action }) => action).join(', ')}`, columns),
        ]),
      ];
    })
    .concat(
      hanging(
        '  ',
        `Not seen by a simulation: policies of resources and of sessions, and what an organization forbids under conditions. SteadfastViewerPolicy lets people see this plan in ${environment.id}, SteadfastOperatorPolicy start runs.`,
        columns,
      ),
    );
}
