import type { Bounded } from './bounds.ts';
import type { Interval } from './judgement.ts';

/** The difference of two figures, with bounds on the true one; `at` is undefined where one of them is no number. */
export interface Difference extends Interval {
  readonly at: number | undefined;
}

/**
 * Bounds on the difference of two figures, from bounds on each (the method of variance estimates recovery: Zou and Donner, Statistics in
 * Medicine 27, 2008). Nothing is assumed of how latencies are distributed.
 */
export function differenceOf(after: Bounded, before: Bounded): Difference {
  if (after.at === undefined || before.at === undefined) return { at: undefined };
  const at = after.at - before.at;
  const down = away(after.at, after.low, before.at, before.high);
  const up = away(after.at, after.high, before.at, before.low);
  return {
    at,
    ...(down === undefined ? {} : { low: at - down }),
    ...(up === undefined ? {} : { high: at + up }),
  };
}

const away = (one: number, oneBound: number | undefined, other: number, otherBound: number | undefined) =>
  oneBound === undefined || otherBound === undefined
    ? undefined
    : Math.hypot(one - oneBound, other - otherBound);

/** How a difference stands to what counts as alike: `open` where its bounds do not tell. */
type Shift = 'higher' | 'lower' | 'alike' | 'open';

/**
 * Whether a difference is surely beyond what counts as alike, `allowed` to either side, or surely within it; each of these is wrong less
 * than once in a hundred times.
 */
export function shiftOf({ low, high }: Interval, allowed: number): Shift {
  if (low !== undefined && low > allowed) return 'higher';
  if (high !== undefined && high < -allowed) return 'lower';
  return low !== undefined && high !== undefined && low >= -allowed && high <= allowed ? 'alike' : 'open';
}
