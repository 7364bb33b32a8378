import type { RunPlanDocument } from './run-plan-document.ts';
import { hanging, lastsWords, type Paper, shareWords } from './words.ts';

/** So many resources are listed of each fault; all of them are in the JSON. */
const mostListed = 10;

export function targetLines(plan: RunPlanDocument, paper: Paper): string[] {
  const { faults, stages, touches } = plan;
  return [
    ...faults.flatMap((fault) => faultLines(fault, paper)),
    ...stages.flatMap(({ label, faultSeconds, draws, share, isAtMost }) => {
      const hits = draws.map(({ fault, count }) => {
        const found = faults.find((one) => one.fault === fault)?.found;
        return count === undefined
          ? `${fault}: nobody has counted`
          : `${fault}: ${count} of ${found ?? count}`;
      });
      const requests =
        isAtMost && share === 1
          ? 'all of the requests at most'
          : `${isAtMost ? 'at most ' : ''}${shareWords(share)} of the requests`;
      return hanging(
        `  stage ${label}, ${lastsWords(faultSeconds)}: `,
        `${hits.join(', ')}; ${requests}`,
        paper.columns,
      );
    }),
    ...hanging(
      '  ',
      `Held while it runs, so that no other run touches them: ${touches.join(', ')}.`,
      paper.columns,
    ),
  ];
}

function faultLines(fault: RunPlanDocument['faults'][number], { columns, paint }: Paper): string[] {
  const { action, selects, resourceType, found, limit, maximum, targets } = fault;
  const counted = found === undefined ? 'nobody has counted them' : `${found} found`;
  const most = `${limit} allowed${maximum === undefined ? '' : `, ${maximum} at most for FIS`}`;
  const refused = targets.filter((one) => one.refused !== undefined);
  const fine = targets.filter((one) => one.refused === undefined);
  const listed = [...refused, ...fine].slice(0, mostListed);
  return [
    ...hanging(`  ${fault.fault}: `, action, columns),
    ...hanging(
      '    ',
      resourceType === undefined ? selects : `${resourceType}, ${selects}: ${counted}, ${most}`,
      columns,
    ),
    ...listed.flatMap(({ id, refused: why }) =>
      why === undefined
        ? hanging('      ', id, columns)
        : hanging(`      ${paint.red('NO')}  `, why, columns),
    ),
    ...(targets.length > listed.length ? [`      and ${targets.length - listed.length} more`] : []),
  ];
}
