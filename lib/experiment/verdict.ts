import * as z from 'zod/mini';

/** The seven verdicts with their exit codes, from worst to best (the worst finding decides a run's verdict). */
export const exitCodes = {
  errored: 70,
  unrecovered: 5,
  deviated: 1,
  rejected: 4,
  halted: 3,
  inconclusive: 2,
  held: 0,
} as const;

export type Verdict = keyof typeof exitCodes;

export const verdicts = Object.keys(exitCodes) as readonly Verdict[];

export const verdictSchema = z.enum([
  'errored',
  'unrecovered',
  'deviated',
  'rejected',
  'halted',
  'inconclusive',
  'held',
]);

/** Why a run never started. */
export const rejectionSchema = z.enum([
  'invalid',
  'unhealthy',
  'busy',
  'blackout',
  'guard',
  'targets',
  'underpowered',
  'permission',
  'locked',
  'outdated',
  'lab',
]);

export type Rejection = z.output<typeof rejectionSchema>;

/** The worst of several verdicts; `held` when there are none. */
export function worstVerdict(several: Iterable<Verdict>): Verdict {
  const ranks = [...several].map((verdict) => verdicts.indexOf(verdict));
  return verdicts[Math.min(...ranks, verdicts.length - 1)] ?? 'errored';
}

/** What each verdict says, in one sentence. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  held: 'Every tolerance was met, every fault bit, and recovery is proven.',
  deviated: 'A tolerance was missed during the fault.',
  inconclusive: 'Nothing was missed, but the evidence does not carry a verdict.',
  halted: 'A guard, the kill switch or a person ended the run, and nothing was missed.',
  rejected: 'The run never started.',
  unrecovered: 'Steady state did not provably come back after the fault.',
  errored: 'Steadfast itself failed; what it started was stopped.',
};
