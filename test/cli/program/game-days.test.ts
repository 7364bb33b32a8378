import { expect, test } from 'vitest';
import { commandHere } from '../command-here.ts';

test.each([
  ['propose', 'stage'],
  ['propose', 'stage', '0'],
  ['propose', 'lunch'],
  ['propose', 'go', '2'],
  ['extend', 'a while'],
  ['extend', '0s'],
  ['observe', '1', 'orders', 'perhaps'],
  ['note', ' '],
  ['note', 'x'.repeat(2_001)],
  ['note', 'paged', '--at', '14:03'],
  ['approve', '--yes'],
  ['status', '--role', 'guest'],
])('refuses gameday %s %s %s as wrong usage, before it asks anything of AWS', async (...words) => {
  const { code, stderr } = await commandHere().run('gameday', ...words);
  expect(stderr).not.toContain('Steadfast itself failed');
  expect(code).toBe(64);
});
