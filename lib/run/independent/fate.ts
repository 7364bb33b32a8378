import type { Execution, HeldLease, OwnExperiment, RunUnderWay } from './ports.ts';

/**
 * What becomes of a run. `live`: it is left alone. `lost`: its execution goes on without a lease, so its faults are stopped, and its end
 * is left to itself. `dead`: all that it has begun is ended for it.
 */
export type Fate = 'live' | 'lost' | 'dead';

/** How long a run that nobody can ask about may be without a lease before it counts as dead: as long as a lease lasts (lib/run/lease.ts). */
const withoutLeaseMs = 15 * 60_000;

export const isExpired = ({ untilMs }: HeldLease, nowMs: number): boolean => untilMs < nowMs;

/** Whether a run may touch anything: it holds leases, and all of them are good. */
const holdsLease = (leases: readonly HeldLease[], nowMs: number): boolean =>
  leases.length > 0 && leases.every((lease) => !isExpired(lease, nowMs));

/** What becomes of a run that the table knows. A run that was once found dead stays dead, also when its execution is redriven. */
export function fateOf(
  run: RunUnderWay,
  leases: readonly HeldLease[],
  { state }: Pick<Execution, 'state'>,
  nowMs: number,
): Fate {
  if (run.ending !== undefined || state === 'ended') return 'dead';
  if (holdsLease(leases, nowMs)) return 'live';
  if (state === 'running') return 'lost';
  // Its lease alone decides. Before it has one and after it gave it back a run is without for a moment.
  return leases.length > 0 || run.startedAtMs + withoutLeaseMs < nowMs ? 'dead' : 'lost';
}

/** A preview skips its actions, so that nothing needs to be stopped in a hurry; the longest wait for one is a minute. */
const previewMs = 2 * 60_000;

/** What is known of the run that an experiment names. */
export interface KnownRun {
  readonly fate: Fate | undefined;
  /** Undefined where the table could not be read. */
  readonly leases: readonly HeldLease[] | undefined;
  readonly execution: Pick<Execution, 'state'>;
}

/** Whether an active experiment has to be stopped. */
export function mustStop(experiment: OwnExperiment, known: KnownRun | undefined, nowMs: number): boolean {
  if (known === undefined || experiment.runId === undefined)
    return !(experiment.skipsActions && experiment.startedAtMs + previewMs >= nowMs);
  if (known.execution.state === 'ended') return true;
  // Without the table nobody can tell whether it has a lease, and stopping a run that is well would be our own fault.
  if (known.leases === undefined) return false;
  return known.fate === undefined ? !holdsLease(known.leases, nowMs) : known.fate !== 'live';
}
