import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seen } from '../../lib/steady-state/probe-spec.ts';
import { Tally } from '../../lib/steady-state/tally.ts';

const answered = (latencyMs: number): Seen => ({
  atMs: 0,
  usable: true,
  failed: false,
  latencyMs,
  value: undefined,
});
const failure: Seen = { atMs: 0, usable: true, failed: true, latencyMs: 1, value: undefined };
const spoilt: Seen = { atMs: 0, usable: false, failed: false, latencyMs: 1, value: 7 };

const tallied = (...seen: readonly Seen[]): Tally => {
  const tally = new Tally();
  for (const one of seen) tally.add(one);
  return tally;
};

describe('a tally', () => {
  it('knows nothing of what was not asked', () => {
    const tally = tallied();
    expect([tally.errorRate, tally.percentile(0.5), tally.lowestValue, tally.count]).toEqual([
      undefined,
      undefined,
      undefined,
      0,
    ]);
  });

  it('gives each percentile within 0.1 % of the one that sorting gives, failures being slower than any answer', () => {
    const latencies = fc.array(fc.double({ min: 0.01, max: 100_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(
        latencies,
        fc.nat({ max: 40 }),
        fc.constantFrom(0.5, 0.9, 0.95, 0.99),
        (found, failures, q) => {
          const tally = tallied(...found.map(answered), ...Array.from({ length: failures }, () => failure));
          const sorted = [
            ...found.toSorted((a, b) => a - b),
            ...Array.from({ length: failures }, () => Number.POSITIVE_INFINITY),
          ];
          const expected = sorted[Math.ceil(q * sorted.length - 1e-9) - 1] ?? Number.NaN;
          const actual = tally.percentile(q) ?? Number.NaN;
          if (!Number.isFinite(expected)) return actual === expected;
          // Besides the histogram's 0.1 %, latencies are counted in whole microseconds.
          return Math.abs(actual - expected) <= 0.001 * expected + 0.001;
        },
      ),
    );
  });

  it('counts what the prober spoilt apart, whatever it says', () => {
    const tally = tallied(answered(10), spoilt, spoilt);
    expect([tally.count, tally.unusable, tally.errorRate, tally.highestValue]).toEqual([1, 2, 0, undefined]);
  });

  it('has no finite percentile where too many failed', () => {
    const tally = tallied(answered(10), failure);
    expect(tally.percentile(0.5)).toBeCloseTo(10, 1);
    expect(tally.percentile(0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(tally.finitePercentile(0.95)).toBeUndefined();
    expect(tally.errorRate).toBe(0.5);
  });

  it('takes latencies of nothing and of hours', () => {
    const tally = tallied(answered(0), answered(10_000_000));
    expect(tally.percentile(0.5)).toBeLessThan(0.01);
    expect(tally.percentile(0.99)).toBeGreaterThan(3_590_000);
  });

  it('keeps the lowest and the highest value', () => {
    const valued = (value: number): Seen => ({ ...answered(1), value });
    const tally = tallied(valued(3), valued(-2), valued(8));
    expect([tally.lowestValue, tally.highestValue]).toEqual([-2, 8]);
  });
});
