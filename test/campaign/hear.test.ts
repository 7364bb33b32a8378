import { describe, expect, it } from 'vitest';
import { matching } from '../fakes/matching.ts';
import { at, createWorld } from './dispatched.ts';
import { minuteMs } from './jobs.ts';
import { partIn, places, wordOfOhio } from './parts.ts';

describe('the function of dispatchers, woken by an event', () => {
  const world = () => createWorld(partIn('dublin', 2), {});
  const kept = ({ table }: ReturnType<typeof world>) => [...table.items.values()];

  it('keeps what is told, though its own part has not begun, and gives no state', async () => {
    const own = world();
    await expect(own.wake(wordOfOhio())).resolves.toBeUndefined();
    expect(kept(own)).toMatchObject([
      {
        pk: 'CAMPAIGN#20261201-abcdef12',
        sk: 'PART#222222222222#us-east-2#ohio',
        counts: { deviated: 2 },
        heardAt: at(0),
        expiresAt: (Date.parse(at(0)) + 184 * 24 * 60 * minuteMs) / 1_000,
      },
    ]);
  });

  it('loses nothing where several come at once', async () => {
    const own = world();
    const told = [{ deviated: 3 }, { held: 4 }, { deviated: 1, errored: 1 }];
    await Promise.all(told.map((counts) => own.wake(wordOfOhio({ counts }))));
    expect(kept(own)).toMatchObject([{ counts: { deviated: 3, held: 4, errored: 1 } }]);
  });

  it('takes one that comes late for what was told then, and not for a sign of life', async () => {
    const own = world();
    await own.clock.advance(50 * minuteMs);
    await own.wake(wordOfOhio({}, '2026-12-01T18:45:00Z'));
    await own.wake(wordOfOhio({}, '2026-12-01T18:05:00Z'));
    expect(kept(own)).toMatchObject([{ heardAt: at(45) }]);
    // Nor has anybody told in the time to come.
    await own.wake(wordOfOhio({}, '2026-12-01T23:00:00Z'));
    expect(kept(own)).toMatchObject([{ heardAt: at(50) }]);
  });

  it.each([
    [
      'told in the name of another part',
      wordOfOhio({}, at(0), 'steadfast.campaign.333333333333.eu-west-1.payments'),
    ],
    ['no name of a campaign', wordOfOhio({ campaign: '#JOB' })],
    ['no count', wordOfOhio({ counts: { deviated: -1 } })],
    ['a verdict that it does not know', wordOfOhio({ counts: { exploded: 1 } })],
    ['no place', wordOfOhio({ stopped: { ...places[0], region: '\u001b[2J', reason: 'by a name' } })],
  ])(
    'keeps nothing that is %s, and fails so that the event is kept and an alarm rings',
    async (_what, told) => {
      const own = world();
      await expect(own.wake(told)).rejects.toThrow('no word of a part of a campaign');
      expect(kept(own)).toEqual([]);
    },
  );

  it('refuses no stop for how it is told: its reason is cut, and on one line', async () => {
    const own = world();
    const reason = `the fair\u001b[2J\nbegins${' and begins'.repeat(200)}`;
    await own.wake(wordOfOhio({ stopped: { ...places[0], reason } }));
    expect(kept(own)).toMatchObject([
      { stopped: { reason: matching(/^the fair \[2J begins and [^\n]{900,990}$/) } },
    ]);
  });

  it('lets an event of another kind be', async () => {
    const own = world();
    await expect(own.wake({ ...wordOfOhio(), 'detail-type': 'Verdict' })).resolves.toBeUndefined();
    expect(kept(own)).toEqual([]);
  });
});
