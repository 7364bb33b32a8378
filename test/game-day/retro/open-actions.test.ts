import { expect, it } from 'vitest';
import { openActionLine, openActionsOf } from '../../../lib/game-day/retro/open-actions.ts';
import type { RetroAction } from '../../../lib/game-day/retro/retro.ts';

const action = (id: string, state: RetroAction['state'] = 'open'): RetroAction => ({
  id,
  what: `Mend ${id}`,
  why: '',
  owner: 'alice',
  due: '2026-05-31',
  state,
  reason: '',
});

const retro = (
  edition: string,
  beganAt: string,
  actions: readonly RetroAction[],
  gameDay = 'payment-down',
) => ({
  edition,
  gameDay,
  beganAt,
  actions,
});

it('takes the newest word on each action, and loses none that the newest leaves out', () => {
  const open = openActionsOf(
    [
      retro('third', '2026-03-01T00:00:00Z', [action('a', 'done'), action('d')]),
      retro('first', '2026-01-01T00:00:00Z', [action('a'), action('b'), action('c', 'dropped')]),
      retro('second', '2026-02-01T00:00:00Z', [action('c')]),
      retro('other', '2026-02-01T00:00:00Z', [action('e')], 'another-day'),
    ],
    'payment-down',
  );
  expect(open.map((one) => [one.edition, one.action.id])).toEqual([
    ['first', 'b'],
    ['second', 'c'],
    ['third', 'd'],
  ]);
});

it('tells an action in a line, also where nobody has it yet', () => {
  expect(openActionLine({ edition: 'first', action: action('a') })).toBe(
    'Mend a (a, alice, due 2026-05-31; since first)',
  );
  expect(openActionLine({ edition: 'first', action: { ...action('a'), owner: '', due: '' } })).toBe(
    'Mend a (a, nobody, due at no date; since first)',
  );
});
