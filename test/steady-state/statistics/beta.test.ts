import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaBelow, betaQuantile } from '../../../lib/steady-state/statistics/beta.ts';

/** [p, a, b, quantile], as @stdlib/stats-base-dists-beta-quantile 0.2.3 computes them. */
const known = [
  [0.001, 1, 600, 1.6674991656942764e-6],
  [0.001, 0.7, 20, 2.2754733670542776e-6],
  [0.001, 3, 998, 0.00019070598170852662],
  [0.001, 50.5, 949.5, 0.031672215173612996],
  [0.001, 601, 1, 0.9885720318401465],
  [0.001, 5, 1_000_000, 7.39369979844038e-7],
  [0.01, 1, 600, 1.675041946599298e-5],
  [0.01, 3, 998, 0.00043638656407612677],
  [0.01, 50.5, 949.5, 0.03573990513725171],
  [0.01, 12_000, 8_000, 0.5919270360068352],
  [0.5, 1, 600, 0.0011545782619698471],
  [0.5, 0.7, 20, 0.020314575432556055],
  [0.5, 50.5, 949.5, 0.05020051573328453],
  [0.5, 5, 1_000_000, 4.6708886323709325e-6],
  [0.99, 1, 600, 0.00764590386789949],
  [0.99, 0.7, 20, 0.17734372696340278],
  [0.99, 3, 998, 0.008379068264742159],
  [0.99, 601, 1, 0.9999832774512152],
  [0.99, 12_000, 8_000, 0.6080435521033263],
] as const;

describe('the quantile of a beta distribution', () => {
  it.each(known)('at %f of (%f, %f) is what others compute', (p, a, b, quantile) => {
    expect(Math.abs(betaQuantile(p, a, b) / quantile - 1)).toBeLessThan(1e-8);
  });

  it('is where the share lies below', () => {
    const parameter = fc.double({ min: 0.5, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), parameter, parameter, (p, a, b) => {
        expect(betaBelow(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 5);
      }),
    );
  });

  it('is all or nothing at the ends', () => {
    expect([betaBelow(-1, 2, 3), betaBelow(0, 2, 3), betaBelow(1, 2, 3), betaBelow(2, 2, 3)]).toEqual([
      0, 0, 1, 1,
    ]);
  });
});
