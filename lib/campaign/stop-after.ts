import * as z from 'zod';
import type { Verdict } from '../experiment/verdict.ts';

const count = (meaning: string) => z.number().int().positive().optional().describe(meaning);

/** After how many verdicts of each kind a campaign starts nothing more. */
export const stopAfterSchema = z.strictObject({
  errored: count('Runs in which Steadfast failed.'),
  unrecovered: count('Runs after which steady state did not come back.'),
  deviated: count('Runs in which a tolerance was missed.'),
  halted: count('Runs that a guard, the kill switch or a person ended.'),
  rejected: count('Runs that never started.'),
  inconclusive: count('Runs that could not tell.'),
});

export type StopAfter = z.output<typeof stopAfterSchema>;

/** What a campaign that says nothing stops after: harm that is still there, and a Steadfast that does not work. */
export const defaultStopAfter: StopAfter = { errored: 1, unrecovered: 1 };

/** How often each verdict was reached. */
export type VerdictCounts = Readonly<Partial<Record<Verdict, number>>>;

/** The verdict of which there are as many as the campaign stops after; undefined where it goes on. */
export const whyStopped = (stopAfter: StopAfter, counts: VerdictCounts): string | undefined => {
  const reached = Object.entries(stopAfter).find(([verdict, most]) => {
    const seen = Object.entries(counts).find(([name]) => name === verdict)?.[1] ?? 0;
    return most !== undefined && seen >= most;
  });
  return reached === undefined
    ? undefined
    : `${reached[0]}: ${reached[1]} ${reached[1] === 1 ? 'run' : 'runs'}`;
};
