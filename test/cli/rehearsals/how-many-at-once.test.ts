import { expect, it } from 'vitest';
import { howManyAtOnce } from '../../../lib/cli/rehearsals/how-many-at-once.ts';

const gib = 1024 ** 3;

it.each([
  [1, 8, 1],
  [2, 8, 1],
  [8, 16, 4],
  [8, 2.5, 2],
  [16, 0.5, 1],
])('on %d cores with %d GiB free, %d go side by side', (cores, free, count) => {
  expect(howManyAtOnce({ cores, freeMemoryBytes: free * gib })).toBe(count);
});
