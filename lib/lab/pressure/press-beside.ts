import { familyOf } from '../connections/open-connections.ts';
import type { PressingBeside } from '../process-faults.ts';
import { startTimeOf } from '../processes/start-time.ts';
import { keepToOneCpu } from './one-cpu.ts';
import type { Pressing } from './pressure.ts';
import { type Scheduled, scheduledOf } from './scheduled.ts';

/** A process with all that it has started, and every process that is one of several such. */
const allOf = (pids: readonly number[]) => [...new Set(pids.flatMap((pid) => [...familyOf(pid)]))];

/** What is counted now, less what had been counted before; threads that have ended since take their time with them. */
const since = (before: Scheduled, now: Scheduled): Scheduled => ({
  ranMs: Math.max(0, now.ranMs - before.ranMs),
  waitedMs: Math.max(0, now.waitedMs - before.waitedMs),
});

/**
 * Has replicas share one CPU with what computes. However it ends, they may use all CPUs again.
 *
 * @param pids the process of each replica, by the replica's id
 */
export async function pressBeside(
  pids: ReadonlyMap<string, number>,
  press: () => Promise<Pressing>,
): Promise<PressingBeside> {
  const leaders = [...pids].map(([id, pid]) => ({ id, pid, startedAt: startTimeOf(pid) }));
  // The id of one that has ended may be another's by now.
  const running = () =>
    leaders.filter(({ pid, startedAt }) => startedAt !== undefined && startTimeOf(pid) === startedAt);
  const family = () => allOf(running().map(({ pid }) => pid));
  const before = new Map([...pids].map(([id, pid]) => [id, scheduledOf([...familyOf(pid)])]));
  const kept = keepToOneCpu(family());
  const release = () => kept?.release(family());
  let pressing: Pressing;
  try {
    pressing = await press();
  } catch (thrown) {
    release();
    throw thrown;
  }
  kept?.add(pressing.pids);
  return {
    ...pressing,
    cpu: kept?.cpu,
    scheduled: (id) => {
      const then = before.get(id);
      const leader = running().find((one) => one.id === id);
      const now = leader === undefined ? undefined : scheduledOf([...familyOf(leader.pid)]);
      return then === undefined || now === undefined ? undefined : since(then, now);
    },
    stop: async () => {
      release();
      await pressing.stop();
    },
  };
}
