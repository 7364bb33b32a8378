import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsOf, randomsByName } from '../../../lib/lab/proxy/draws.ts';
import { seededRandom } from '../../../lib/run/seeded-random.ts';

const numbers = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('the draws of a link', () => {
  it('are the same for the same seed, connection and toxic, whatever others draw in between', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(50), { minLength: 1 }), (seed, order) => {
        const alone = drawsOf(seededRandom(seed));
        const mixed = drawsOf(seededRandom(seed));
        const streams = new Map(order.map((connection) => [connection, mixed(connection, 1)]));
        const drawn = new Map<number, number[]>();
        for (const connection of order)
          drawn.set(connection, [...(drawn.get(connection) ?? []), streams.get(connection)?.next() ?? -1]);
        for (const [connection, of] of drawn) {
          const random = alone(connection, 1);
          expect(of).toEqual(numbers(of.length, () => random.next()));
        }
      }),
    );
  });

  it('are those of a link, by its name, whichever is asked for first', () => {
    const first = (names: readonly string[]) => {
      const randomOf = randomsByName(seededRandom(9));
      return Object.fromEntries(names.map((name) => [name, randomOf(name).next()]));
    };
    const drawn = first(['shop-1-to-database', 'shop-2-to-database', 'shop-1-to-queue']);
    expect(first(Object.keys(drawn).toReversed())).toEqual(drawn);
    expect(new Set(Object.values(drawn)).size).toBe(3);
  });

  it('spread evenly over connections and over toxics', () => {
    const draws = drawsOf(seededRandom(5));
    const first = (connection: number, toxic: number) => draws(connection, toxic).next();
    for (const drawn of [
      Array.from({ length: 4_000 }, (_, index) => first(index + 1, 1)),
      Array.from({ length: 4_000 }, (_, index) => first(1, index + 1)),
    ]) {
      const tenths = Map.groupBy(drawn, (number) => Math.floor(number * 10));
      for (let tenth = 0; tenth < 10; tenth += 1) {
        const count = tenths.get(tenth)?.length ?? 0;
        expect(count).toBeGreaterThan(320);
        expect(count).toBeLessThan(480);
      }
      // Neighbours have nothing in common: below a half and below a half again is a quarter.
      const both = drawn.filter((one, index) => one < 0.5 && (drawn[index + 1] ?? 1) < 0.5).length;
      expect(both / drawn.length).toBeCloseTo(0.25, 1);
    }
  });
});
