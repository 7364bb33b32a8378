import { expect, it } from 'vitest';
import { heldGameDayLines, heldGameDays } from '../../../lib/cli/resilience/held-game-days.ts';
import type { KeptRetro } from '../../../lib/definitions/kept-retros.ts';
import { gameDaySchema } from '../../../lib/experiment/game-day.ts';
import { slowDay } from '../../game-day/examples.ts';

const project = {
  gameDays: [{ id: 'slow-day', parsed: gameDaySchema.parse(slowDay) }],
};

const retro = (edition: string, beganAt: string, change: Partial<KeptRetro> = {}): KeptRetro => ({
  edition,
  gameDay: 'slow-day',
  environment: 'staging',
  isRehearsal: false,
  beganAt,
  actions: [],
  problems: [],
  file: `retrospectives/${edition}/retro.md`,
  ...change,
});

const open = {
  id: 'retry',
  what: 'Retry payments',
  why: '',
  owner: 'alice',
  due: '2026-05-31',
  state: 'open',
  reason: '',
} as const;

const linesAt = (day: string, retros: readonly KeptRetro[], environment?: string) =>
  heldGameDayLines(heldGameDays(project, retros, environment, Date.parse(day)), false);

it('tells when each game day was last held there, when it is due, and what is open of all editions', () => {
  const retros = [
    retro('second', '2026-04-01T09:00:00Z'),
    retro('first', '2026-01-01T09:00:00Z', { actions: [open] }),
    retro('rehearsed', '2026-05-01T09:00:00Z', {
      isRehearsal: true,
      problems: [{ line: 3, message: 'm', hint: 'h' }],
    }),
  ];
  expect(linesAt('2026-04-03T09:00:00Z', retros, 'staging')).toEqual([
    'game day slow-day  last held 2 days ago (second), quarterly, next by 2026-07-01',
    '  open: Retry payments (retry, alice, due 2026-05-31; since first)',
    '  incomplete: npx steadfast gameday retro check retrospectives/rehearsed/retro.md',
    '',
  ]);
  expect(linesAt('2026-07-01T23:59:59Z', retros, 'staging')[0]).not.toContain('overdue');
  expect(linesAt('2026-07-02T00:00:00Z', retros, 'staging')[0]).toContain(
    'overdue: quarterly, next by 2026-07-01',
  );
  expect(linesAt('2026-05-01T12:00:00Z', retros)[0]).toContain('last held today (rehearsed)');
});

it('is overdue where it was never held, and is not told where it does not take place', () => {
  expect(linesAt('2026-07-02T00:00:00Z', [], 'staging')).toEqual([
    'game day slow-day  no retrospective of it is kept, overdue: to be held quarterly',
    '',
  ]);
  expect(linesAt('2026-07-02T00:00:00Z', [], 'production')).toEqual([]);
});
