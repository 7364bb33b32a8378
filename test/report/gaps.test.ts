import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../lib/report/gaps.ts';
import type { Reading } from '../../lib/report/thin.ts';

const reading = (second: number, value: number | undefined): Reading => ({
  startMs: second * 1_000,
  endMs: (second + 1) * 1_000,
  value,
});

describe('gaps', () => {
  test('are the stretches that no reading covers, the beginning and the end included', () => {
    const given = [reading(2, 1), reading(3, undefined), reading(6, 1)];
    expect(gapsOf(given, { startMs: 0, endMs: 10_000 }, 1_000)).toEqual([
      { startMs: 0, endMs: 2_000 },
      { startMs: 3_000, endMs: 6_000 },
      { startMs: 7_000, endMs: 10_000 },
    ]);
  });

  test('are the whole stretch when there is no reading, and none when all is covered', () => {
    expect(gapsOf([], { startMs: 0, endMs: 5_000 }, 1_000)).toEqual([{ startMs: 0, endMs: 5_000 }]);
    expect(gapsOf([reading(0, 1), reading(1, 1)], { startMs: 0, endMs: 2_000 }, 500)).toEqual([]);
  });

  test('that lie close together are told as one', () => {
    const given = [reading(3, 1), reading(7, 1)].map((one) => ({ ...one, endMs: one.startMs + 100 }));
    expect(gapsOf(given, { startMs: 0, endMs: 10_000 }, 1_000)).toEqual([{ startMs: 0, endMs: 10_000 }]);
  });
});
