import { type RunContext, recordFinding } from './context.ts';
import type { RunState } from './run-state.ts';

/** A lease outlives the longest step (300 s) with room for its retries; every step renews it. */
export const leaseMs = 15 * 60_000;

/** Renews the run's lease; false when another run holds it now, so that this one must end. */
export async function stillHeld({ ports }: RunContext, state: RunState): Promise<boolean> {
  if (state.lease.length === 0) return true;
  return ports.leases.renew(state.runId, state.lease, ports.clock.now() + leaseMs);
}

/** The end of a run whose lease another holds: nothing may be started any more. */
export async function loseLease(context: RunContext, state: RunState): Promise<RunState> {
  await recordFinding(context, 'lease', {
    code: 'lease-lost',
    verdict: 'errored',
    message: 'The lease on the services under test was lost; another run may be touching them.',
  });
  return { ...state, next: state.faultBegun ? 'endFault' : 'conclude' };
}
