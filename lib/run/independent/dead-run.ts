import type { Attempt } from './attempts.ts';
import type { Execution, HeldLease, OwnExperiment, RunUnderWay, StopPorts } from './ports.ts';

/** How far the end of a run has come. */
export type RunEnd =
  | 'recorded'
  | 'its faults have not ended'
  | 'a start may still land'
  | 'it is being undone'
  | 'it is to be recorded and told of'
  | 'another ends it'
  | 'failed';

/** What a sweep knows of a dead run. */
export interface DeadRun {
  readonly ports: StopPorts;
  readonly run: RunUnderWay;
  readonly execution: Execution;
  readonly leases: readonly HeldLease[];
  /** All that FIS knows of this run, also what has ended; undefined where FIS could not be read. */
  readonly experiments: readonly OwnExperiment[] | undefined;
  readonly attempt: Attempt;
  readonly untilMs: number;
}

/** A sweep has the right to a run for so long, and then asks again: the next one comes in a minute. */
export const claimMs = 50_000;
