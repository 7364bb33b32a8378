import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSteadiness } from '../../lib/probing/steadiness.ts';
import type { Clock } from '../../lib/run/ports.ts';

const begin = Date.parse('2026-01-01T00:00:00.000Z');

beforeEach(() => {
  vi.useFakeTimers({ now: begin, toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A clock that counts evenly from a beginning, beside the time of day. */
const clock = (): Clock => {
  const ahead = Date.now() - performance.now();
  return {
    now: () => performance.now() + ahead,
    timeOfDay: () => Date.now(),
    sleep: async () => undefined,
  };
};

describe('whether time goes evenly', () => {
  it('is said of a request during which it did', () => {
    const steadiness = createSteadiness(clock());
    const end = steadiness.follow();
    vi.advanceTimersByTime(2_000);
    expect(end()).toBeUndefined();
    expect(steadiness.moved).toBeUndefined();
  });

  it.each([
    [-3_600_000, '-3600.0 s'],
    [5_000, '5.0 s'],
  ])('is denied of a request during which the time of day was moved by %d ms', (byMs, words) => {
    const steadiness = createSteadiness(clock());
    const end = steadiness.follow();
    vi.advanceTimersByTime(40);
    vi.setSystemTime(Date.now() + byMs);
    vi.advanceTimersByTime(40);
    expect(end()).toEqual({
      why: `the time of day was moved by ${words}, or the machine slept, while it was under way`,
      lostMs: Number.POSITIVE_INFINITY,
    });
    const after = steadiness.follow();
    vi.advanceTimersByTime(40);
    expect(after()).toBeUndefined();
    expect(steadiness.moved).toEqual({ atMs: begin + 80 + byMs, byMs });
  });

  it('is not denied of a clock that is only regulated, for however long nobody looked', () => {
    const steadiness = createSteadiness(clock());
    steadiness.follow()();
    vi.advanceTimersByTime(3_600_000);
    vi.setSystemTime(Date.now() + 1_800);
    const end = steadiness.follow();
    expect(end()).toBeUndefined();
    expect(steadiness.moved).toBeUndefined();
  });

  it('is denied of every request that was under way while the process stood still', () => {
    const steadiness = createSteadiness(clock());
    const one = steadiness.follow();
    vi.advanceTimersByTime(40);
    const other = steadiness.follow();
    // A process that is stopped has no timers, and its clocks go on.
    vi.setSystemTime(Date.now() + 620);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 620);
    expect(one()).toMatchObject({ why: 'this process stood still for 600 ms while it was under way' });
    expect(other()).toMatchObject({ lostMs: 600 });
    expect(steadiness.follow()()).toBeUndefined();
    vi.restoreAllMocks();
  });

  it('keeps no timer while nothing is under way', () => {
    const steadiness = createSteadiness(clock());
    const ends = [steadiness.follow(), steadiness.follow()];
    expect(vi.getTimerCount()).toBe(1);
    for (const end of ends) end();
    expect(vi.getTimerCount()).toBe(0);
  });
});
