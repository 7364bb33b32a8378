import { expect, test } from 'vitest';
import { sparkline } from '../../../lib/cli/view/sparkline.ts';

test('a sparkline goes from nothing to the limit, and is full at it and beyond', () => {
  expect(sparkline([0, 50, 99, 100, 400], 10, 100)).toBe('▁▄▇██');
});

test('a sparkline leaves a gap where nothing was seen, and keeps the last values', () => {
  expect(sparkline([100, 100, undefined, 0], 3, 100)).toBe('█ ▁');
});

test('a sparkline of nothing, or without room, is empty', () => {
  expect([sparkline([], 10, 1), sparkline([1], 0, 1), sparkline([0], 5, 0)]).toEqual(['', '', '▁']);
});
