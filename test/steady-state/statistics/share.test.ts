import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/run/seeded-random.ts';
import { quantileRanks } from '../../../lib/steady-state/statistics/ranks.ts';
import {
  atMost,
  fewestThatMiss,
  isSurelyAbove,
  isSurelyBelow,
  lowerShare,
  mostThatMeets,
  upperShare,
} from '../../../lib/steady-state/statistics/share.ts';

const error = 0.01;
const counted = fc
  .integer({ min: 1, max: 5_000 })
  .chain((count) => fc.record({ count: fc.constant(count), beyond: fc.integer({ min: 0, max: count }) }));

describe('the bounds of a share', () => {
  it('are the exact ones: none of 459 shows that fewer than 1 % are beyond', () => {
    expect(upperShare({ beyond: 0, count: 459 }, error)).toBeLessThan(0.01);
    expect(upperShare({ beyond: 0, count: 458 }, error)).toBeGreaterThan(0.01);
    expect(lowerShare({ beyond: 0, count: 459 }, error)).toBe(0);
    expect(upperShare({ beyond: 7, count: 7 }, error)).toBe(1);
    expect([lowerShare({ beyond: 0, count: 0 }, error), upperShare({ beyond: 0, count: 0 }, error)]).toEqual([
      0, 1,
    ]);
  });

  it('lie on either side of what was seen, and a further sample beyond raises both', () => {
    fc.assert(
      fc.property(counted, (seen) => {
        const [low, high] = [lowerShare(seen, error), upperShare(seen, error)];
        const share = seen.beyond / seen.count;
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        const more = { beyond: seen.beyond + 1, count: seen.count + 1 };
        expect(lowerShare(more, error)).toBeGreaterThanOrEqual(low);
        expect(upperShare(more, error)).toBeGreaterThanOrEqual(high - 1e-9);
      }),
    );
  });

  it('say the same as asking on which side of a limit the share surely lies', () => {
    fc.assert(
      fc.property(counted, fc.double({ min: 0.001, max: 0.9, noNaN: true }), (seen, allowed) => {
        const high = upperShare(seen, error);
        const low = lowerShare(seen, error);
        if (Math.abs(high - allowed) > 1e-9) expect(isSurelyBelow(seen, allowed, error)).toBe(high < allowed);
        if (Math.abs(low - allowed) > 1e-9) expect(isSurelyAbove(seen, allowed, error)).toBe(low > allowed);
      }),
    );
  });

  it('err no more often than they may', () => {
    const random = seededRandom(3);
    let wrong = 0;
    for (let run = 0; run < 4_000; run += 1) {
      let beyond = 0;
      for (let index = 0; index < 200; index += 1) if (random.next() < 0.05) beyond += 1;
      if (isSurelyBelow({ beyond, count: 200 }, 0.05, error)) wrong += 1;
    }
    expect(wrong / 4_000).toBeLessThan(0.015);
  });

  it('are met and missed from one number on', () => {
    const most = mostThatMeets(600, 0.05, error);
    expect(upperShare({ beyond: most, count: 600 }, error)).toBeLessThan(0.05);
    expect(upperShare({ beyond: most + 1, count: 600 }, error)).toBeGreaterThanOrEqual(0.05);
    const fewest = fewestThatMiss(600, 0.05, error);
    expect(lowerShare({ beyond: fewest, count: 600 }, error)).toBeGreaterThan(0.05);
    expect(lowerShare({ beyond: fewest - 1, count: 600 }, error)).toBeLessThanOrEqual(0.05);
    expect(mostThatMeets(50, 0.05, error)).toBe(-1);
  });
});

describe('the ranks that bound a quantile', () => {
  const chosen = (from: number, to: number, count: number, q: number): number => {
    let sum = 0;
    for (let index = from; index <= to; index += 1)
      sum += atMost(index, count, q) - atMost(index - 1, count, q);
    return sum;
  };

  it('hold it as surely as they say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 800 }),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        (count, q) => {
          const { low, high } = quantileRanks(count, q, error);
          // The rank is not below the quantile unless that many samples are.
          if (high !== undefined) {
            expect(chosen(0, high - 1, count, q)).toBeGreaterThanOrEqual(1 - error - 1e-9);
            expect(chosen(0, high - 2, count, q)).toBeLessThan(1 - error);
          } else expect(chosen(0, count - 1, count, q)).toBeLessThan(1 - error);
          if (low !== undefined) expect(chosen(0, low - 1, count, q)).toBeLessThanOrEqual(error + 1e-9);
        },
      ),
    );
  });

  it('has no upper one for a high percentile of few samples', () => {
    expect(quantileRanks(20, 0.95, error)).toEqual({ low: 16 });
    expect(quantileRanks(0, 0.5, error)).toEqual({});
  });
});
