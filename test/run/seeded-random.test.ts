import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/run/seeded-random.ts';

const drawn = (seed: number, count = 20): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('seeded random numbers', () => {
  it('repeat with their seed, and lie from 0 to below 1', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), (seed) => {
        const numbers = drawn(seed);
        expect(drawn(seed)).toEqual(numbers);
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      }),
    );
  });

  it('differ between seeds, also neighbouring ones', () => {
    const firsts = Array.from({ length: 1_000 }, (_, seed) => drawn(seed, 1)[0]);
    expect(new Set(firsts).size).toBeGreaterThan(990);
  });

  it('are spread evenly', () => {
    const tenths = Map.groupBy(drawn(1, 10_000), (number) => Math.floor(number * 10));
    for (const [, numbers] of tenths) expect(Math.abs(numbers.length - 1_000)).toBeLessThan(150);
    expect(tenths.size).toBe(10);
  });
});
