import * as z from 'zod/mini';
import { verdictSchema, verdicts } from '../experiment/verdict.ts';

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
export const verdictCountsSchema = z.partialRecord(verdictSchema, z.int());

export type VerdictCounts = z.output<typeof verdictCountsSchema>;

/** The verdict of which there are as many as the campaign stops after; undefined where it goes on. */
export function whyStopped(stopAfter: StopAfter, counts: VerdictCounts): string | undefined {
  const reached = verdicts.find((verdict) => {
    const most = verdict === 'held' ? undefined : stopAfter[verdict];
    return most !== undefined && (counts[verdict] ?? 0) >= most;
  });
  if (reached === undefined) return undefined;
  const count = counts[reached] ?? 0;
  return `${count} ${count === 1 ? 'run' : 'runs'} ended as ${reached}`;
}
