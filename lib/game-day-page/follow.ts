import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveGameDay } from '../game-day/live.ts';
import type { Clock } from '../run/ports.ts';
import type { Seat } from './seats.ts';

/** A view is sent at least this often: it shows that the server is there, and what time alone has changed. */
export const atLeastEveryMs = 5_000;

/** And at most this often: nobody reads faster, and probes answer far more often. */
const atMostEveryMs = 200;

/** So long a view that was made for one browser does for others, whose time left is then wrong by no more. */
const sameForMs = 500;

/** Whoever ends a rehearsal does not wait longer for browsers that read no more. */
const lastWordMs = 1_000;

export interface Followers {
  /** Answers with a stream of views. */
  follow(c: Context, seat: Seat): Response;
  /** Tells everyone that it is over; resolves once they were told, or there is no more time for it. */
  end(): Promise<void>;
  /** How many follow. */
  count(): number;
}

/** A sleep that can be ended, again and again. */
function createNap(clock: Clock) {
  let current = new AbortController();
  return {
    async take(ms: number): Promise<void> {
      current = new AbortController();
      await clock.sleep(ms, current.signal);
      current.abort();
    },
    end: (): void => current.abort(),
  };
}

/** Waits for something, and no longer than the last word may take. */
export async function forAMoment(clock: Clock, awaited: Promise<unknown>): Promise<void> {
  const limit = createNap(clock);
  await Promise.race([awaited, limit.take(lastWordMs)]);
  limit.end();
}

/**
 * Streams of views, one for each browser. Only the newest view is ever sent: a stream that is slow, or has gone, holds back
 * neither others nor more than one view.
 */
export function createFollowers(live: LiveGameDay, clock: Clock): Followers {
  const wakers = new Set<() => void>();
  const streams = new Set<Promise<void>>();
  const made = new Map<Seat, { readonly text: string; readonly atMs: number }>();
  let isOver = false;

  const wakeAll = (): void => {
    made.clear();
    for (const wake of wakers) wake();
  };
  const unsubscribe = live.subscribe(wakeAll);

  const newest = (seat: Seat): string => {
    const known = made.get(seat);
    if (known !== undefined && clock.now() - known.atMs < sameForMs) return known.text;
    const text = JSON.stringify(live.view(seat === 'projector' ? 'observer' : seat));
    made.set(seat, { text, atMs: clock.now() });
    return text;
  };

  return {
    follow: (c, seat) =>
      streamSSE(c, async (stream) => {
        const rest = createNap(clock);
        const wait = createNap(clock);
        const { promise, resolve } = Promise.withResolvers<void>();
        let isNew = true;
        let isGone = false;
        const wake = (): void => {
          isNew = true;
          wait.end();
          if (isOver || isGone) rest.end();
        };
        stream.onAbort(() => {
          isGone = true;
          wake();
        });
        wakers.add(wake);
        streams.add(promise);
        const goesOn = (): boolean => !isOver && !isGone;
        try {
          while (goesOn()) {
            isNew = false;
            await stream.writeSSE({ event: 'view', data: newest(seat) });
            if (goesOn()) await rest.take(atMostEveryMs);
            if (goesOn() && !isNew) await wait.take(atLeastEveryMs - atMostEveryMs);
          }
          // Browsers keep an event without data to themselves.
          if (!isGone) await stream.writeSSE({ event: 'ended', data: 'over' });
        } finally {
          wakers.delete(wake);
          streams.delete(promise);
          resolve();
        }
      }),
    async end() {
      isOver = true;
      unsubscribe();
      wakeAll();
      await forAMoment(clock, Promise.all(streams));
    },
    count: () => streams.size,
  };
}
