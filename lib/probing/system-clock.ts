import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../run/ports.ts';

/**
 * The clock of this machine, to a fraction of a millisecond. It never goes backwards while the process lives, whatever is done to
 * the time of day, so that no latency is negative.
 */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  timeOfDay: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (thrown) {
      // An aborted sleep ends early and is no error; timers throw nothing else.
      if (signal?.aborted !== true) throw thrown;
    }
  },
};
