import type { KilledReplica } from '../process-faults.ts';
import type { ActionContext } from './action-handler.ts';

/**
 * Ends replicas, and starts every one of them again after a time, or at once when the signal aborts or anything fails.
 *
 * @param graceMs how long they may take to end by themselves; 0 kills them
 * @returns how each ended, and the process that plays it now
 */
export async function downFor(
  { lab, clock, signal }: Pick<ActionContext, 'lab' | 'clock' | 'signal'>,
  ids: readonly string[],
  { forMs, graceMs }: { readonly forMs: number; readonly graceMs: number },
): Promise<readonly (KilledReplica & { readonly newPid: number })[]> {
  const ends = ids.map((id) => lab.killReplica(id, graceMs));
  let started: readonly number[] = [];
  try {
    await Promise.all(ends);
    await clock.sleep(forMs, signal);
  } finally {
    // One that is still ending would be taken for one that runs, and stay away.
    await Promise.allSettled(ends);
    started = await Promise.all(ids.map((id) => lab.startReplica(id)));
  }
  const killed = await Promise.all(ends);
  return killed.map((one, index) => ({ ...one, newPid: started[index] ?? 0 }));
}
