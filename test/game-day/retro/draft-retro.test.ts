import { expect, it } from 'vitest';
import { began, ended, launched, line, logOf } from '../../fakes/game-day-log.ts';
import { edition, retroOf } from '../../fakes/game-day-retro.ts';

it('tells what held, what broke and what was not shown', () => {
  const { hypothesis, held, broke, notShown } = retroOf();
  expect(hypothesis).toMatchObject({
    outcome: 'did not hold',
    why: 'It did not hold in stage 1, "Payment answers nothing".',
  });
  expect(held).toEqual(['stage 1, "The queue grows.": queue.count was missed']);
  expect(broke).toEqual([
    'stage 1, "Payment answers nothing", attempt 1: Orders were lost.',
    'stage 1, "Orders are still taken.": orders.errorRate was missed',
    'stage 1, "The shop shows a banner.": no banner, says omar (observer)',
    'stage 1, alert payment-errors: fired 1 min 30 s after the fault began, 1 min were expected; clear 1 min 10 s after it ended',
    'stage 1, alert queue-depth: did not fire within 1 min 30 s',
  ]);
  expect(notShown).toEqual(['stage 2, "Payment is slow": it was not run']);
});

it('gives the times to detect and to recover, and that of the first alert', () => {
  expect(retroOf().stages[0]?.attempts).toEqual([
    {
      attempt: 1,
      runId: `${edition}-1-1`,
      verdict: 'deviated',
      summary: 'Orders were lost.',
      detectSeconds: 30,
      recoverSeconds: 45,
      alertSeconds: 90,
    },
  ]);
});

it('proposes something to do for every deviation, and leaves owner and date to people', () => {
  const { actions } = retroOf();
  expect(actions.map(({ id, what }) => [id, what])).toEqual([
    ['stage-1-stock-p95-missed', 'Make stock.p95 hold in stage 1'],
    ['stage-1-alert-payment', 'Make payment-errors fire and clear in time in stage 1'],
    ['stage-1-alert-queue', 'Make queue-depth fire in stage 1'],
    [
      'stage-1-alarm-disk-full-unexpected',
      'Find out why disk-full fired in stage 1; mend that, or expect it',
    ],
    [
      'stage-1-prediction-orders',
      'Find out why it was not as predicted that "Orders are still taken."; mend that, or predict otherwise',
    ],
    [
      'stage-1-prediction-banner',
      'Find out why it was not as predicted that "The shop shows a banner."; mend that, or predict otherwise',
    ],
  ]);
  expect(new Set(actions.map(({ owner, due, state }) => `${owner}/${due}/${state}`))).toEqual(
    new Set(['//open']),
  );
});

it('takes over what is still open, and tells it with what showed again', () => {
  const open = {
    what: 'Make queue-depth fire in stage 1',
    why: 'it did not',
    owner: 'alice',
    due: '2026-06-01',
    state: 'open',
    reason: '',
  } as const;
  const { actions } = retroOf({
    stillOpen: [
      { edition: 'former', action: { ...open, id: 'stage-1-alert-queue' } },
      { edition: 'former', action: { ...open, id: 'own', why: 'since older: we said so' } },
    ],
  });
  expect(actions[0]).toMatchObject({
    owner: 'alice',
    due: '2026-06-01',
    why: 'since former: it did not; again: stage 1, attempt 1: queue-depth did not fire within 1 min 30 s',
  });
  expect(actions[1]?.why).toBe('since older: we said so');
  expect(actions.filter(({ id }) => id === 'stage-1-alert-queue')).toHaveLength(1);
});

it('says until when changes in the account are known, and when the next edition is due', () => {
  const { changesGap, nextBy, changes, people } = retroOf();
  expect(changesGap).toMatch(/^Changes in the account are known until 2026-05-01T09:07:30.000Z; what was/);
  expect(changes).toMatchObject([{ isLate: true }]);
  expect(nextBy).toBe('2026-08-01');
  expect(people).toHaveLength(4);
  expect(retroOf({ input: { mode: 'rehearsal' } }).changesGap).toBeUndefined();
});

it('takes the hypothesis for shown only where every stage held', () => {
  const first = [began(), launched(10), line(20, 'fault-began'), ended(60)];
  expect(retroOf({ entries: logOf(...first) }).hypothesis).toMatchObject({
    outcome: 'not shown',
    why: 'Nothing was shown by stage 2, "Payment is slow".',
  });
  const second = [
    launched(70, 2),
    line(80, 'fault-began', 2),
    ended(90, { stage: 2, runId: `${edition}-2-1` }),
  ];
  expect(retroOf({ entries: logOf(...first, ...second) }).hypothesis.outcome).toBe('held');
});
