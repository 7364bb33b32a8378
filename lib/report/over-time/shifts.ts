import { type Bounded, boundedQuantile, boundedShare, valueIn } from '../../steady-state/bounds.ts';
import { differenceOf, shiftOf } from '../../steady-state/difference.ts';
import { formatSeconds, plural } from '../format.ts';
import { bearingOf, countsOf, type PastRun } from './past-run.ts';
import type { HeldShift, RecoveryShift } from './shift-schema.ts';

/** What the two times are called: `in November`, `in October`. */
interface Names {
  readonly earlier: string;
  readonly later: string;
}

/** Runs of an experiment follow one another by days: each counts by itself. */
const independent = 1;

/** Whether runs held more often in the later time, by the exact bounds of both shares. */
export function heldShift(earlier: readonly PastRun[], later: readonly PastRun[], names: Names): HeldShift {
  const [was, is] = [shareOf(earlier), shareOf(later)];
  const shift = shiftOf(differenceOf(is.bounded, was.bounded), 0);
  const change = shift === 'higher' ? 'better' : shift === 'lower' ? 'worse' : 'unknown';
  const seen = `${names.later} ${is.words}, ${names.earlier} ${was.words}`;
  return { earlier: was.share, later: is.share, change, reason: `${first(seen)}: ${heldWords[change]}.` };
}

const tooFew = 'the runs are too few to say whether that is more than luck';
const heldWords = { better: 'surely more often', worse: 'surely less often', unknown: tooFew } as const;
const timeWords = { better: 'surely sooner', worse: 'surely later', unknown: tooFew } as const;

const first = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

function shareOf(runs: readonly PastRun[]) {
  const { held, notHeld } = countsOf(runs);
  const told = held + notHeld;
  const bounded = boundedShare({ beyond: held, count: told }, independent);
  return {
    bounded,
    words: told === 0 ? 'no run said how the system fared' : `${held} of ${plural(told, 'run')} held`,
    share: { told, held, low: bounded.low, high: bounded.high },
  };
}

/** Whether steady state came back sooner in the later time, by order statistics of both times; a run that never came back is the last. */
export function recoveryShift(
  earlier: readonly PastRun[],
  later: readonly PastRun[],
  names: Names,
): RecoveryShift {
  const [was, is] = [medianOf(earlier), medianOf(later)];
  const shift = shiftOf(differenceOf(is.bounded, was.bounded), 0);
  const change = shift === 'lower' ? 'better' : shift === 'higher' ? 'worse' : 'unknown';
  const seen = `${names.later} ${is.words}, ${names.earlier} ${was.words}`;
  return { earlier: was.median, later: is.median, change, reason: `${first(seen)}: ${timeWords[change]}.` };
}

/** The time to recover of each run that got that far, in seconds; Infinity where steady state did not come back. */
const timesOf = (runs: readonly PastRun[]): number[] =>
  runs.flatMap((run) => {
    if (bearingOf(run) === 'not-run') return [];
    return run.recoverySeconds ?? (run.verdict === 'unrecovered' ? Number.POSITIVE_INFINITY : []);
  });

/** The middle time to recover, with the bounds between which the true one surely lies. */
function medianOf(runs: readonly PastRun[]) {
  const sorted = Float64Array.from(timesOf(runs)).sort();
  const bounded: Bounded =
    sorted.length === 0
      ? { at: undefined, low: undefined, high: undefined }
      : boundedQuantile(sorted.length, 0.5, independent, valueIn(sorted));
  const { at, low, high } = bounded;
  return {
    bounded,
    words:
      sorted.length === 0
        ? 'no recovery was measured'
        : at === undefined
          ? `steady state did not come back after half of ${plural(sorted.length, 'run')} or more`
          : `the middle one of ${plural(sorted.length, 'run')} was back after ${formatSeconds(at)}`,
    median: {
      runs: sorted.length,
      ...(at === undefined ? {} : { median: at }),
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
    },
  };
}
