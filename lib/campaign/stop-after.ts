import * as z from 'zod/mini';
import { type Verdict, verdictSchema, verdicts } from '../experiment/verdict.ts';

const count = z.optional(z.int().check(z.positive()));

/** After how many verdicts of each kind a campaign starts nothing more. */
export const stopAfterSchema = z.strictObject({
  errored: count,
  unrecovered: count,
  deviated: count,
  rejected: count,
  halted: count,
  inconclusive: count,
});

export type StopAfter = z.output<typeof stopAfterSchema>;

/** What a campaign that says nothing stops after: harm that is still there, and a Steadfast that does not work. */
export const defaultStopAfter: StopAfter = { errored: 1, unrecovered: 1 };

/** How often each verdict was reached. */
export const verdictCountsSchema = z.partialRecord(verdictSchema, z.int().check(z.nonnegative()));

export type VerdictCounts = z.output<typeof verdictCountsSchema>;

/** What several parts of a campaign have counted, together. */
export function sumOf(several: Iterable<VerdictCounts>): VerdictCounts {
  const sum: VerdictCounts = {};
  for (const counts of several)
    for (const verdict of verdicts)
      if (counts[verdict] !== undefined) sum[verdict] = (sum[verdict] ?? 0) + counts[verdict];
  return sum;
}

/** A verdict of which there are as many as a campaign stops after. */
export interface Reached {
  readonly verdict: Verdict;
  readonly count: number;
  readonly most: number;
}

/** By what a policy stops a campaign; undefined where it goes on. */
export function reachedOf(stopAfter: StopAfter, counts: VerdictCounts): Reached | undefined {
  for (const verdict of verdicts) {
    const most = verdict === 'held' ? undefined : stopAfter[verdict];
    const count = counts[verdict] ?? 0;
    if (most !== undefined && count >= most) return { verdict, count, most };
  }
  return undefined;
}

export const reasonOf = ({ verdict, count }: Reached): string =>
  `${count} ${count === 1 ? 'run' : 'runs'} ended as ${verdict}`;
