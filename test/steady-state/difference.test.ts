import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, shiftOf } from '../../lib/steady-state/difference.ts';

const bounded = fc
  .tuple(fc.double({ min: 0, max: 1_000, noNaN: true }), fc.nat(100), fc.nat(100))
  .map(([at, down, up]) => ({ at, low: at - down, high: at + up }));

describe('the difference of two figures', () => {
  it('lies within its bounds, which are no wider than those of both together', () => {
    fc.assert(
      fc.property(bounded, bounded, (after, before) => {
        const { at = Number.NaN, low = Number.NaN, high = Number.NaN } = differenceOf(after, before);
        expect(low).toBeLessThanOrEqual(at);
        expect(high).toBeGreaterThanOrEqual(at);
        expect(low).toBeGreaterThanOrEqual(after.low - before.high - 1e-9);
        expect(high).toBeLessThanOrEqual(after.high - before.low + 1e-9);
      }),
    );
  });

  it('is told the other way round where the two are exchanged', () => {
    fc.assert(
      fc.property(bounded, bounded, fc.nat(50), (one, other, allowed) => {
        const opposite = { higher: 'lower', lower: 'higher', alike: 'alike', open: 'open' } as const;
        const there = shiftOf(differenceOf(one, other), allowed);
        expect(shiftOf(differenceOf(other, one), allowed)).toBe(opposite[there]);
      }),
    );
  });

  it('has no bound where one of the figures has none, and tells nothing then', () => {
    const known = { at: 5, low: 4, high: 6 };
    const open = { at: 9, low: 8, high: undefined };
    expect(differenceOf(open, known)).toEqual({ at: 4, low: 4 - Math.hypot(1, 1) });
    expect(differenceOf({ at: undefined, low: 3, high: undefined }, known)).toEqual({ at: undefined });
    expect(shiftOf(differenceOf(open, known), 2)).toBe('higher');
    expect(shiftOf(differenceOf(open, known), 3)).toBe('open');
    expect(shiftOf({}, 1_000)).toBe('open');
  });
});
