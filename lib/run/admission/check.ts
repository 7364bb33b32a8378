import type { Rejection } from '../../experiment/verdict.ts';
import type { RunContext } from '../context.ts';
import type { RunPorts, Target } from '../ports.ts';

/** One thing that a check found wrong. */
export interface Refusal {
  /** What, as a sentence without a full stop. */
  readonly evidence: string;
  /** How to mend it, as a sentence. */
  readonly hint?: string;
  /** The code of its finding, where it means another thing than that its check failed. */
  readonly code?: string;
  /** Where it means another rejection than its check. */
  readonly rejection?: Rejection;
}

/** What one condition of admission found: passed with its evidence, or not, with the rejection it means. */
export interface CheckResult {
  readonly check: string;
  readonly passed: boolean;
  readonly evidence: string;
  readonly rejection: Rejection;
  readonly hint?: string;
  /** Where several things are wrong: each becomes a finding of its own. */
  readonly refusals?: readonly Refusal[];
  /** The lease, from the check that has taken it. */
  readonly lease?: { readonly services: string[]; readonly token: number };
  /** What the selectors can match, from the check that has looked for it. */
  readonly targets?: readonly Target[];
}

/** The ports of which admission asks how things are; none of them changes anything by it. */
type LookPorts = Pick<
  RunPorts,
  | 'capacity'
  | 'clock'
  | 'freezes'
  | 'guards'
  | 'halts'
  | 'incidents'
  | 'inventory'
  | 'listings'
  | 'pauses'
  | 'prerequisites'
> & {
  readonly leases: Pick<RunPorts['leases'], 'inTheWay'>;
  readonly safetyLever: Pick<RunPorts['safetyLever'], 'state'>;
};

/** All that a condition of admission needs of a run, and what anybody can have who only wants to know. */
export interface LookContext extends Pick<RunContext, 'experiment' | 'input' | 'runId'> {
  readonly ports: LookPorts;
}

/** One condition of admission. */
export type Check = (context: LookContext) => Promise<CheckResult>;

/** A condition on what the selectors can match. */
export type TargetCheck = (context: LookContext, targets: readonly Target[]) => Promise<CheckResult>;

/** The result of a check that looks for everything that is wrong: passed, with its evidence, where that is nothing. */
export const resultOf = (
  base: { readonly check: string; readonly rejection: Rejection },
  refusals: readonly Refusal[],
  evidence: string,
): CheckResult =>
  refusals.length === 0
    ? { ...base, passed: true, evidence }
    : { ...base, passed: false, evidence: refusals.map((one) => one.evidence).join('; '), refusals };
