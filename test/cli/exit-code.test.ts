import { expect, it } from 'vitest';
import { exitCodeOf } from '../../lib/cli/exit-code.ts';

it.each([
  ['invalid', 4],
  ['unknown-id', 4],
  ['cannot-begin', 4],
  ['permission', 4],
  ['busy', 4],
  ['usage', 64],
  ['interrupted', 130],
  ['lease-lost', 70],
  ['internal', 70],
] as const)('the error %s ends the command with %d', (code, exit) => {
  expect(exitCodeOf(code)).toBe(exit);
});
