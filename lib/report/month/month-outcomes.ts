import type { Verdict } from '../../experiment/verdict.ts';
import { type Bearing, bearingOf, inOrder, type PastRun, startMsOf } from '../over-time/past-run.ts';
import type { MonthChange, MonthOutcome } from './month-schema.ts';

/** From the worst on. */
const badness: readonly Verdict[] = [
  'unrecovered',
  'deviated',
  'errored',
  'rejected',
  'halted',
  'inconclusive',
  'held',
];

type TitleOf = (experiment: string) => string;

/** The experiments that had runs of a bearing, each with the last of them; the worst and most frequent first. */
export function outcomesOf(runs: readonly PastRun[], bearing: Bearing, titleOf: TitleOf): MonthOutcome[] {
  const found = [...Map.groupBy(inOrder(runs), ({ experiment }) => experiment)].flatMap(
    ([experiment, own]): MonthOutcome[] => {
      const some = own.filter((run) => bearingOf(run) === bearing);
      const last = some.at(-1);
      if (last === undefined) return [];
      const hint = some.findLast((run) => run.verdict === last.verdict && run.hint !== undefined)?.hint;
      const blind = [...new Set(some.flatMap((run) => run.blind ?? []))];
      return [
        {
          experiment,
          title: titleOf(experiment),
          times: some.length,
          of: own.length,
          runId: last.runId,
          at: last.start,
          verdict: last.verdict,
          summary: last.summary,
          standing: standingOf(own, last),
          ...(hint === undefined ? {} : { hint }),
          ...(blind.length === 0 ? {} : { blind }),
        },
      ];
    },
  );
  return found.toSorted(
    (a, b) =>
      Number(a.standing === 'over') - Number(b.standing === 'over') ||
      badness.indexOf(a.verdict) - badness.indexOf(b.verdict) ||
      b.times - a.times,
  );
}

/** The last run that says how the system fared. */
const lastTelling = (runs: readonly PastRun[]): PastRun | undefined =>
  inOrder(runs).findLast((run) => ['held', 'not-held'].includes(bearingOf(run)));

/** What nobody could tell is over once a later run can tell; what held or did not stands as the last that tells has it. */
function standingOf(own: readonly PastRun[], last: PastRun): MonthOutcome['standing'] {
  const telling = lastTelling(own);
  if (telling === undefined || startMsOf(telling) < startMsOf(last)) return 'still';
  return bearingOf(telling) === bearingOf(last) ? 'still' : 'over';
}

/** From the worst to the best, as far as the system goes. */
const order: readonly Verdict[] = ['unrecovered', 'deviated', 'held'];

/** How each experiment stands at the end of a month, held against the end of the month before. */
export function changesOf(
  before: readonly PastRun[],
  after: readonly PastRun[],
  titleOf: TitleOf,
): MonthChange[] {
  const ids = [...new Set([...before, ...after].map(({ experiment }) => experiment))];
  return ids.flatMap((experiment): MonthChange[] => {
    const of = (runs: readonly PastRun[]) => lastTelling(runs.filter((run) => run.experiment === experiment));
    const [was, is] = [of(before), of(after)];
    const about = { experiment, title: titleOf(experiment) };
    if (was === undefined && is === undefined) return [];
    if (was === undefined) return [{ ...about, change: 'new', ...(is && { after: is.verdict }) }];
    if (is === undefined) return [{ ...about, change: 'gone', before: was.verdict }];
    const step = order.indexOf(is.verdict) - order.indexOf(was.verdict);
    if (step === 0) return [];
    const isEdited = was.hash !== undefined && is.hash !== undefined && was.hash !== is.hash;
    return [
      {
        ...about,
        change: step > 0 ? 'better' : 'worse',
        before: was.verdict,
        after: is.verdict,
        ...(isEdited ? { edited: true } : {}),
      },
    ];
  });
}
