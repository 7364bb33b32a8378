import { expect, it } from 'vitest';
import { times } from '../../../lib/cli/program/times.ts';

it.each(['0', '-1', '1.5', '1e2', 'many', '', '1001'])('%j is no number of times', (text) => {
  expect(() => times(text)).toThrow('It must be a whole number from 1 to 1000.');
});

it.each([
  ['1', 1],
  ['1000', 1_000],
])('%j is %i times', (text, number) => {
  expect(times(text)).toBe(number);
});
