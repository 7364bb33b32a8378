import { type Verdict, verdicts } from '../../experiment/verdict.ts';
import type { JournalFinding } from '../../run/journal.ts';
import type { Outcome } from './job.ts';

/** A finding that not all runs of an experiment have. */
interface Differing {
  readonly finding: Pick<JournalFinding, 'code' | 'stage' | 'probe'>;
  /** What it says in the first run that has it. */
  readonly message: string;
  /** The runs that have it, from 1. */
  readonly times: readonly number[];
}

/** How often an experiment came to what. */
export interface Repeats {
  readonly experiment: string;
  readonly runs: number;
  readonly verdicts: Readonly<Partial<Record<Verdict | 'not run', number>>>;
  /** The same code, seed aside, came to different verdicts. */
  readonly flaky: boolean;
  readonly differing: readonly Differing[];
}

/** What makes two findings the same, whatever they measured. */
const keyOf = ({ code, stage, probe }: JournalFinding): string => JSON.stringify([code, stage, probe]);

/** One line for each experiment that was rehearsed several times. */
export function repeatsOf(outcomes: readonly Outcome[]): Repeats[] {
  const again = outcomes.filter(({ job }) => job.time !== undefined);
  return [...Map.groupBy(again, ({ job }) => job.experiment.id)].map(([experiment, runs]) => {
    const counts = countsOf(runs);
    const ran = Object.keys(counts).filter((verdict) => verdict !== 'not run');
    return {
      experiment,
      runs: runs.length,
      verdicts: counts,
      flaky: ran.length > 1,
      differing: differingIn(runs.filter(({ journal }) => journal !== undefined)),
    };
  });
}

/** How many there are of each verdict, the worst first. */
export const countsOf = (outcomes: readonly Outcome[]): Repeats['verdicts'] =>
  Object.fromEntries(
    [...verdicts, 'not run' as const].flatMap((verdict) => {
      const count = outcomes.filter((outcome) => outcome.verdict === verdict).length;
      return count === 0 ? [] : [[verdict, count]];
    }),
  );

function differingIn(runs: readonly Outcome[]): Differing[] {
  const all = runs.flatMap(({ job, journal }) =>
    // One run may find the same of several times.
    [...new Map((journal?.findings ?? []).map((finding) => [keyOf(finding), finding])).values()].map(
      (finding) => ({ finding, time: job.time ?? 1 }),
    ),
  );
  return [...Map.groupBy(all, ({ finding }) => keyOf(finding)).values()].flatMap((found) => {
    const [first] = found;
    if (first === undefined || found.length === runs.length) return [];
    const { code, stage, probe, message } = first.finding;
    return [
      {
        finding: {
          code,
          ...(stage === undefined ? {} : { stage }),
          ...(probe === undefined ? {} : { probe }),
        },
        message,
        times: found.map(({ time }) => time),
      },
    ];
  });
}

/** What is told of an outcome beside its verdict; undefined where the verdict says it all. */
export function reasonOf({ verdict, journal, failure }: Outcome): string | undefined {
  if (failure !== undefined) return verdict === 'not run' ? undefined : failure.message;
  if (journal === undefined && verdict === 'unrecovered')
    return 'It was ended at once: nobody has seen whether the system recovered.';
  return verdict === 'held' ? undefined : journal?.summary;
}
