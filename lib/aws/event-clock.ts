import { systemClock } from '../probing/system-clock.ts';
import type { Clock } from '../run/ports.ts';

/**
 * A clock for one event of a function: it begins at the time of day and never goes backwards from there. A function's process is
 * frozen between events, where a clock that counts from the process's start may stand still, and a run's times are compared
 * between processes: so each event reads the time of day anew.
 */
export function createEventClock(): Clock {
  const aheadMs = Date.now() - performance.now();
  return { ...systemClock, now: () => performance.now() + aheadMs };
}
