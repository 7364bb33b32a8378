import { systemClock } from '../probing/system-clock.ts';
import type { Clock } from '../run/ports.ts';

/**
 * The time of day, read anew at each look: for ports that outlive an event. A function's process is frozen between events, and what counts
 * from the process's start, or from an earlier event, may stand still meanwhile.
 */
export const wallClock: Clock = { ...systemClock, now: () => Date.now() };
