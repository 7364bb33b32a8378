import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { expect, it } from 'vitest';
import { LatencyCounts } from '../../lib/steady-state/latency-counts.ts';

/** An hour in microseconds. */
const longest = 3_600_000_000;

it('gives at every rank what HdrHistogram gives', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: 5_000 }),
          fc.integer({ min: 0, max: longest }),
          fc.integer({ min: 0, max: 31 }).map((bits) => 2 ** bits),
          fc.integer({ min: 1, max: 31 }).map((bits) => 2 ** bits - 1),
        ),
        { minLength: 1, maxLength: 60 },
      ),
      (values) => {
        const counts = new LatencyCounts();
        const histogram = build({
          lowestDiscernibleValue: 1,
          highestTrackableValue: longest,
          numberOfSignificantValueDigits: 3,
          useWebAssembly: false,
        });
        const inRange = values.map((value) => Math.min(value, longest));
        for (const value of inRange) {
          counts.add(value);
          histogram.recordValue(value);
        }
        for (let rank = 1; rank <= inRange.length; rank += 1)
          expect(counts.atRank(rank)).toBe(histogram.getValueAtPercentile((100 * rank) / inRange.length));
      },
    ),
    { numRuns: 150 },
  );
});

it('is never more than 0.1 % above the number that was counted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      const counts = new LatencyCounts();
      counts.add(value);
      expect(counts.atRank(1)).toBeGreaterThanOrEqual(value);
      expect(counts.atRank(1)).toBeLessThanOrEqual(value * 1.001);
    }),
  );
});
