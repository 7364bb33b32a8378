import type { Clock } from '../../run/ports.ts';

/** Wakes whoever waits for something to change: all of a rehearsal is in this process, so that nobody need poll. */
export interface Pulse {
  /** Something has changed. */
  beat(): void;
  /** How often something has changed. */
  readonly beats: number;
  /** Resolves after `ms`, or once something has changed since `beats` was so high. */
  wait(ms: number, since: number): Promise<void>;
}

export function createPulse(clock: Pick<Clock, 'sleep'>): Pulse {
  let beats = 0;
  const sleepers = new Set<AbortController>();
  return {
    beat: () => {
      beats += 1;
      for (const sleeper of sleepers) sleeper.abort();
    },
    get beats() {
      return beats;
    },
    wait: async (ms, since) => {
      if (beats !== since) return;
      const sleeper = new AbortController();
      sleepers.add(sleeper);
      await clock.sleep(ms, sleeper.signal);
      sleepers.delete(sleeper);
    },
  };
}
