import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { goAwayWhenAsked } from '../../../lib/lab/postgres/go-away-when-asked.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A port that one server has at a time; to give it up and to take it take `tookMs` each. */
function fakePort(tookMs: number) {
  const wait = () => new Promise<void>((resolve) => void setTimeout(resolve, tookMs));
  let taken = 1;
  const door = () => ({
    start: async () => {
      if (taken > 0) throw new Error('the port is taken');
      taken += 1;
      await wait();
    },
    stop: async () => {
      await wait();
      taken -= 1;
    },
    getStats: () => ({ activeConnections: 2 }),
  });
  const told: object[] = [];
  const failed: unknown[] = [];
  const ask = goAwayWhenAsked({
    first: door(),
    open: door,
    forget: wait,
    tell: (one) => void told.push(one),
    say: () => undefined,
    giveUp: (thrown) => void failed.push(thrown),
  });
  const away = (id: number, forMs: number) => ask({ away: { id, forMs } });
  return { away, told, failed, isThere: () => taken === 1 };
}

it.each([
  ['while it is leaving', 5],
  ['while it is away', 50],
  ['while it is coming back', 118],
])('asked to go away again %s, a database stays away for all of it, and is back', async (_when, atMs) => {
  const { away, told, failed, isThere } = fakePort(10);
  away(1, 100);
  await vi.advanceTimersByTimeAsync(atMs);
  away(2, 100);
  await vi.advanceTimersByTimeAsync(95);
  expect(isThere()).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isThere()).toBe(true);
  expect(failed).toEqual([]);
  expect(told.filter((one) => 'isBack' in one)).toEqual([{ isBack: { id: 1 } }, { isBack: { id: 2 } }]);
});

it('is not back before it has left, however short it is to be away', async () => {
  const { away, told, failed } = fakePort(1_000);
  away(1, 1);
  away(2, 2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(failed).toEqual([]);
  expect(told).toEqual([
    { isAway: { id: 1, connections: 2 } },
    { isAway: { id: 2, connections: 0 } },
    { isBack: { id: 1 } },
    { isBack: { id: 2 } },
  ]);
});
