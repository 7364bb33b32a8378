import { type RunContext, recordFinding } from './context.ts';
import { iso } from './iso.ts';
import type { RunState } from './run-state.ts';

/** A lease outlives the longest step (300 s) with room for its retries; every step renews it. */
export const leaseMs = 15 * 60_000;

/** Renews the run's lease; false when another run holds it now, so that this one must end. */
export async function stillHeld({ ports }: RunContext, state: RunState): Promise<boolean> {
  const { runId, lease } = state;
  if (lease === undefined) return true;
  return ports.leases.renew({ runId, ...lease }, ports.clock.now() + leaseMs);
}

const lost = 'The lease on the services under test was lost; another run may be touching them.';

const recordLoss = (context: RunContext): Promise<void> =>
  recordFinding(context, 'lease', {
    code: 'lease-lost',
    verdict: 'errored',
    message: lost,
    hint: 'What this run had begun is ended all the same. See which run holds it now, and start this one again when that has ended.',
  });

/** The end of a run whose lease another holds: nothing may be started any more. */
export async function loseLease(context: RunContext, state: RunState): Promise<RunState> {
  await recordLoss(context);
  if (!state.faultBegun) return { ...state, next: 'conclude' };
  const at = iso(context.ports.clock.now());
  return { ...state, next: 'endFault', halt: { by: 'steadfast', reason: 'the lease was lost', at } };
}

/** Renews the lease of a run that has only to undo and to look: it goes on even when the lease was lost, which it writes down. */
export async function keepLease(context: RunContext, state: RunState): Promise<void> {
  if (!(await stillHeld(context, state))) await recordLoss(context);
}
