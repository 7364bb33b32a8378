import { expect, it } from 'vitest';
import { exitCode } from '../../../lib/cli/exit-code.ts';
import { slowDay } from '../../game-day/examples.ts';
import { shopLab, slowDatabase } from '../../plan/examples.ts';
import { commandHere } from '../command-here.ts';

const { lab: _, ...nowhere } = slowDay;

/** A project whose game day is so. */
const project = (gameDay: unknown, others: Readonly<Record<string, unknown>> = {}) => ({
  'experiments/slow-database.json': slowDatabase,
  'experiments/game-days/slow-day.json': gameDay,
  ...others,
});

const lab = { 'experiments/labs/shop.json': shopLab };

it.each<[string, Readonly<Record<string, unknown>>, string[], RegExp]>([
  ['one that there is not', project(slowDay, lab), ['slow-dya'], /no game day 'slow-dya'.*slow-day/s],
  ['one that names no lab', project(nowhere), ['slow-day'], /names no lab.*add lab/s],
  ['one whose lab there is not', project(slowDay), ['slow-day'], /no lab 'shop'.*steadfast check slow-day/s],
  [
    'one whose lab is not valid',
    project(slowDay, { 'experiments/labs/shop.json': { ...shopLab, services: 7 } }),
    ['slow-day'],
    /lab 'shop' of the game day 'slow-day' is not valid/,
  ],
  ['a port that is none', project(slowDay, lab), ['slow-day', '--port', '70000'], /port from 1 to 65535/],
])('refuses to rehearse %s, in words, before anything starts', async (_what, files, words, expected) => {
  const { code, stderr, stdout } = await commandHere(files).run('gameday', 'rehearse', ...words);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/is starting|Steadfast itself failed/);
  expect(stdout).toBe('');
  expect([exitCode.refused, exitCode.usage]).toContain(code);
});
