import { expect, it } from 'vitest';
import { goDurationMs } from '../../../lib/import/chaos-mesh/go-duration.ts';

it.each([
  ['90s', 90_000],
  ['2h45m', 9_900_000],
  ['300ms', 300],
  ['1.5h', 5_400_000],
  ['.5s', 500],
  ['1.s', 1_000],
  ['-1.5h', -5_400_000],
  ['+10s', 10_000],
  ['0', 0],
  ['1500us', 1.5],
  ['1500\u00b5s', 1.5],
  ['1500\u03bcs', 1.5],
  ['1ns', 1e-6],
  ['0.1s0.2s', 300],
])('%s is %d ms', (text, ms) => {
  expect(goDurationMs(text)).toBe(ms);
});

it.each(['', '5', 's', '5 m', '5m ', '1d', '5M', 'm5', '--5s', '1h-5m', `${'9'.repeat(400)}h`])(
  '%j is none',
  (text) => {
    expect(goDurationMs(text)).toBeUndefined();
  },
);
