import type { Verdict } from '../../lib/experiment/verdict.ts';

/** A way that a run can go, and what it finds on it. */
export interface Path {
  readonly name: string;
  /** What it ends with where nothing dies. */
  readonly verdict: Verdict;
  readonly staleDuringFault?: boolean;
  /** After the last stage's fault, for good. */
  readonly staleAfterwards?: boolean;
  readonly guardFiresAfterMs?: number;
  /** How long after the first fault began a person asks for the run's end. */
  readonly haltAfterMs?: number;
  /** What the targets carry; what the plan selects by where absent. */
  readonly tags?: Readonly<Record<string, string>>;
  /** How long after it was asked a person approves the run; nobody is asked where absent. */
  readonly approvedAfterMs?: number;
  /** How often the rollback's function fails before it works. */
  readonly failsRollbacks?: number;
}

export const paths: readonly Path[] = [
  { name: 'held', verdict: 'held' },
  { name: 'deviated', verdict: 'deviated', staleDuringFault: true },
  { name: 'stopped by a guard', verdict: 'halted', guardFiresAfterMs: 20_000 },
  { name: 'halted by a person', verdict: 'halted', haltAfterMs: 20_000 },
  { name: 'rejected', verdict: 'rejected', tags: { Env: 'production', Service: 'shop' } },
  { name: 'rollback tried again', verdict: 'held', failsRollbacks: 2 },
  { name: 'approved', verdict: 'held', approvedAfterMs: 40_000 },
  { name: 'unrecovered', verdict: 'unrecovered', staleAfterwards: true },
];
