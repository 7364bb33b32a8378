import { expect, it } from 'vitest';
import { gameDaySchema } from '../../lib/experiment/game-day.ts';
import { preBriefOf } from '../../lib/game-day/pre-brief.ts';
import { slowDay } from './examples.ts';

const gameDay = gameDaySchema.parse(slowDay);

const openAction = (id: string) => ({
  edition: 'former',
  action: {
    id,
    what: `Mend ${id}`,
    why: '',
    owner: 'alice',
    due: '2026-05-31',
    state: 'open',
    reason: '',
  } as const,
});

it('goes through what is still open of former editions, and is silent where nothing is', () => {
  expect(preBriefOf(gameDay)).not.toHaveProperty('openActions');
  expect(preBriefOf(gameDay, [openAction('a'), openAction('b')])['openActions']).toBe(
    'What is still open of former editions was gone through (2): Mend a (a, alice, due 2026-05-31; since former); Mend b (b, alice, due 2026-05-31; since former)',
  );
  const many = Array.from({ length: 12 }, (_, index) => openAction(`a${index}`));
  expect(preBriefOf(gameDay, many)['openActions']).toMatch(/\(12\): .*; and 2 more in retrospectives\/$/);
});
