import { expect, test } from 'vitest';
import { formatIn, formatOffset, formatTime, inWords, plural } from '../../lib/report/format.ts';

test.each([
  ['ms', 4.06, '4.1 ms'],
  ['ms', 312.4, '312 ms'],
  ['ms', 1_240, '1.24 s'],
  ['ratio', 0, '0%'],
  ['ratio', 0.0312, '3.12%'],
  ['ratio', 0.00031, '0.031%'],
  ['s', 0.94, '0.9 s'],
  ['s', 15.8, '15.8 s'],
  ['s', 119.6, '2 min'],
  ['s', 200, '3 min 20 s'],
  ['s', 7_500, '2 h 5 min'],
  ['s', 43_200, '12 h'],
  ['s', -3, '-3 s'],
  ['items', 1, '1 item'],
  ['items', 24, '24 items'],
  ['', 43_200, '43,200'],
] as const)('in %s, %d is shown as %s', (unit, value, text) => {
  expect(formatIn(unit, value)).toBe(text);
});

test('times are told in UTC, and as what has gone by since the start', () => {
  expect(formatTime('2026-05-01T09:30:05.250Z')).toBe('2026-05-01 09:30:05 UTC');
  expect(formatOffset('2026-05-01T09:33:20.000Z', '2026-05-01T09:30:00.000Z')).toBe('+3 min 20 s');
});

test('counts and lists read as sentences do', () => {
  expect([plural(1, 'sample'), plural(43_200, 'sample')]).toEqual(['1 sample', '43,200 samples']);
  expect(inWords(['a', 'b', 'c'])).toBe('a, b and c');
});
