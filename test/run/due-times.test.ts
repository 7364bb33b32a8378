import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimeMs } from '../../lib/run/due-times.ts';

const times = (probe: string, count: number, intervalMs = 50, seed = 1) =>
  Array.from({ length: count }, (_, index) => dueTimeMs({ seed, probe, index, startMs: 0, intervalMs }));

describe('the times at which requests are due', () => {
  it('are one in each interval, at most half an interval from the beat', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string(),
        fc.nat({ max: 1_000_000 }),
        fc.integer({ min: 5, max: 60_000 }),
        (seed, probe, index, intervalMs) => {
          const dueMs = dueTimeMs({ seed, probe, index, startMs: 0, intervalMs });
          expect(dueMs).toBeGreaterThanOrEqual(index * intervalMs);
          expect(dueMs).toBeLessThanOrEqual((index + 1) * intervalMs);
        },
      ),
    );
  });

  it('are the same for the same run, and others for another seed or probe', () => {
    expect(times('products', 50)).toEqual(times('products', 50));
    expect(times('products', 50)).not.toEqual(times('products', 50, 50, 2));
    expect(times('products', 50)).not.toEqual(times('orders', 50));
  });

  it.each([50, 100, 250, 1_000, 60_000])(
    'fall in with no period of the system: every part of %d ms is looked at alike',
    (periodMs) => {
      const parts = Array.from({ length: 10 }, () => 0);
      const all = times('products', 20_000, 50);
      // Of a period, as often as it goes into all of the time.
      const whole = all.filter((ms) => ms < Math.floor((20_000 * 50) / periodMs) * periodMs);
      for (const ms of whole) {
        const part = Math.floor((10 * (ms % periodMs)) / periodMs);
        parts[part] = (parts[part] ?? 0) + 1;
      }
      for (const count of parts) {
        expect(count).toBeGreaterThan(0.9 * (whole.length / 10));
        expect(count).toBeLessThan(1.1 * (whole.length / 10));
      }
    },
  );
});
