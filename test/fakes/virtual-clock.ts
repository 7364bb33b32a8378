import type { Clock } from '../../lib/run/ports.ts';

/** Turns of the event loop without new sleepers after which everything is taken to wait for time alone; what only promises move needs one. */
const usualTurns = 4;

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, waking the sleepers on the way in the order in which they are due. */
  advance(ms: number): Promise<void>;
  /** How many sleep. */
  readonly sleepers: number;
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

/**
 * A clock of its own, so that hours pass in no time. Whenever all that is under way waits for it, it jumps to the sleeper who is
 * due first; with `auto: false` it moves by `advance` alone, as it must where real sockets or processes take part.
 */
export function createVirtualClock(
  options: { readonly startMs?: number; readonly auto?: boolean; readonly quietTurns?: number } = {},
): VirtualClock {
  const { startMs = Date.parse('2026-01-01T00:00:00.000Z'), auto = true, quietTurns = usualTurns } = options;
  let nowMs = startMs;
  let changes = 0;
  let watching = false;
  /** By due time; of the same time, who slept first. */
  const asleep: Sleeper[] = [];

  const remove = (sleeper: Sleeper): boolean => {
    const index = asleep.indexOf(sleeper);
    if (index < 0) return false;
    asleep.splice(index, 1);
    changes += 1;
    return true;
  };

  const wakeFirst = (): void => {
    const [first] = asleep;
    if (first === undefined) return;
    nowMs = Math.max(nowMs, first.dueMs);
    first.wake();
  };

  const jumpWhileAllWait = async (): Promise<void> => {
    while (asleep.length > 0) {
      const before = changes;
      await turns(quietTurns);
      if (changes === before) wakeFirst();
    }
    watching = false;
  };

  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted === true) return resolve();
        const sleeper: Sleeper = { dueMs: nowMs + Math.max(0, ms), wake };
        function wake(): void {
          signal?.removeEventListener('abort', wake);
          if (remove(sleeper)) resolve();
        }
        signal?.addEventListener('abort', wake, { once: true });
        const place = asleep.findLastIndex((other) => other.dueMs <= sleeper.dueMs) + 1;
        asleep.splice(place, 0, sleeper);
        changes += 1;
        if (auto && !watching) {
          watching = true;
          void jumpWhileAllWait();
        }
      }),
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await turns(quietTurns);
      while ((asleep[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= untilMs) {
        wakeFirst();
        await turns(quietTurns);
      }
      nowMs = untilMs;
    },
    get sleepers() {
      return asleep.length;
    },
  };
}
