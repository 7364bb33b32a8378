import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Reading, thin } from '../../lib/report/thin.ts';

const reading = (second: number, value: number | undefined): Reading => ({
  startMs: second * 1_000,
  endMs: (second + 1) * 1_000,
  value,
});

/** Readings of a second each, some missing, some without a value. */
const readings = fc
  .array(
    fc.option(fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }), { nil: undefined }), { nil: null }),
    { maxLength: 400 },
  )
  .map((values) => values.flatMap((value, second) => (value === null ? [] : reading(second, value))));

describe('lines drawn from readings', () => {
  test('join what follows on, and break where a window is missing or has no value', () => {
    const { runs, perBucket } = thin(
      [reading(0, 1), reading(1, 2), reading(3, 3), reading(4, undefined), reading(5, 4)],
      100,
    );
    expect(runs.map((run) => run.map((point) => point.value))).toEqual([[1, 2], [3], [4]]);
    expect(perBucket).toBe(1);
  });

  test('never join two points between which something is missing', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 60 }), (given, buckets) => {
        const seen = new Set(given.filter(({ value }) => value !== undefined).map(({ startMs }) => startMs));
        for (const run of thin(given, buckets).runs) {
          for (const [index, point] of run.entries()) {
            const next = run[index + 1];
            if (next === undefined) continue;
            const joined =
              given.length <= 2 * buckets ||
              hasNoGap(seen, point.atMs, next.atMs) ||
              inOneBucket(given, buckets, point.atMs, next.atMs);
            expect(joined).toBe(true);
          }
        }
      }),
    );
  });

  test('keep the lowest and the highest, and only points that were seen', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 60 }), (given, buckets) => {
        const values = given.flatMap(({ value }) => value ?? []);
        const drawn = thin(given, buckets)
          .runs.flat()
          .map((point) => point.value);
        expect(values).toEqual(expect.arrayContaining(drawn));
        if (values.length > 0)
          expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([
            Math.min(...values),
            Math.max(...values),
          ]);
      }),
    );
  });

  test('have at most two points a bucket, however many readings there are', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 60 }), (given, buckets) => {
        expect(thin(given, buckets).runs.flat().length).toBeLessThanOrEqual(2 * buckets);
      }),
    );
  });
});

const hasNoGap = (seen: ReadonlySet<number>, fromMs: number, toMs: number): boolean => {
  for (let startMs = fromMs - 500; startMs <= toMs - 500; startMs += 1_000)
    if (!seen.has(startMs)) return false;
  return true;
};

/** A bucket that holds a gap shows how far its values reach; it is joined to neither neighbour. */
function inOneBucket(given: readonly Reading[], buckets: number, fromMs: number, toMs: number): boolean {
  const times = given.flatMap(({ startMs, value }) => (value === undefined ? [] : startMs + 500));
  const widthMs = (Math.max(...times) - Math.min(...times)) / buckets;
  return toMs - fromMs <= widthMs;
}
