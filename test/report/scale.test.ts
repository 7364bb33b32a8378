import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linearScale, pathThrough } from '../../lib/report/scale.ts';

const whole = fc.integer({ min: 0, max: 4_000 });

it('a scale places values where d3 does, and ticks at the same round numbers', () => {
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.constantFrom(1, 100, 1_000),
      fc.integer({ min: 3, max: 12 }),
      (a, b, parts, count) => {
        const domain: [number, number] = [Math.min(a, b) / parts, (Math.max(a, b) + 1) / parts];
        const [own, reference] = [linearScale(domain, [20, 700]), scaleLinear(domain, [20, 700])];
        expect(own(domain[0])).toBeCloseTo(reference(domain[0]), 6);
        expect(own(a / parts)).toBeCloseTo(reference(a / parts), 6);
        const [ticks, wanted] = [own.ticks(count), reference.ticks(count)];
        expect(ticks).toHaveLength(wanted.length);
        for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo(wanted[index] ?? Number.NaN, 9);
      },
    ),
  );
});

it('a path goes through its points as d3 draws it', () => {
  const number = fc.double({ min: 0, max: 900, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 5 }), (points) => {
      expect(pathThrough(points)).toBe(line().digits(1)(points));
    }),
  );
});
