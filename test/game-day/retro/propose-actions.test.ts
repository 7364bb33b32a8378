import { expect, it } from 'vitest';
import { verdicts } from '../../../lib/experiment/verdict.ts';
import type { LoggedAttempt } from '../../../lib/game-day/attempts.ts';
import { type Judged, proposeActions } from '../../../lib/game-day/retro/propose-actions.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';

type Ended = NonNullable<LoggedAttempt['ended']>;

const attempt = (number: number, ended: Partial<Ended> = {}): LoggedAttempt => ({
  stage: 1,
  attempt: number,
  runId: `run-${number}`,
  number: 10 * number,
  launchedAtMs: 0,
  isCutShort: false,
  ended: {
    kind: 'ended',
    number: 10 * number + 5,
    at: '2026-12-01T18:30:00.000Z',
    writtenAt: '2026-12-01T18:30:00.000Z',
    by: { proof: 'steadfast' },
    runId: `run-${number}`,
    stage: 1,
    verdict: 'held',
    summary: 'So it was.',
    tolerances: {},
    ...ended,
  },
});

const actions = (judged: Partial<Judged>) =>
  proposeActions({
    input: gameDayInput(),
    attempts: [],
    journals: new Map(),
    predictions: [],
    alerts: { attempts: [], before: [] },
    ...judged,
  });

it.each(verdicts)('has something to do for each verdict that is not good: %s', (verdict) => {
  const ids = actions({ attempts: [attempt(1, { verdict })] }).map(({ id }) => id);
  expect(ids).toEqual(['held', 'deviated'].includes(verdict) ? [] : [`stage-1-${verdict}`]);
});

it('is one action for what showed in several attempts, with each of them', () => {
  const missed = { verdict: 'deviated', tolerances: { 'stock.p95': 'missed' } } as const;
  expect(actions({ attempts: [attempt(1, missed), attempt(2, missed)] })).toEqual([
    {
      id: 'stage-1-stock-p95-missed',
      what: 'Make stock.p95 hold in stage 1',
      why: 'stage 1, attempt 1: stock.p95 was missed; stage 1, attempt 2: stock.p95 was missed',
      owner: '',
      due: '',
      state: 'open',
      reason: '',
    },
  ]);
});

it('leaves to its prediction what was predicted of a tolerance, and says nothing of a run under way', () => {
  const { ended: _, ...underWay } = attempt(1);
  const predicted = attempt(2, { tolerances: { 'orders.errorRate': 'missed' } });
  expect(actions({ attempts: [underWay, predicted] })).toEqual([]);
});

it.each([
  ['awaited', undefined],
  ['as expected', undefined],
  ['late', 'Make queueAge fire and clear in time in stage 1'],
  ['missing', 'Make queueAge fire in stage 1'],
  ['unknown', 'See that it can be told whether queueAge fires in stage 1'],
] as const)('has something to do for an alert that was %s, or nothing', (status, what) => {
  const expected = [{ name: 'queue', alarm: 'queueAge', status, text: 'so it was' }];
  const alerts = { attempts: [{ stage: 1, counts: true, expected, unexpected: [] }], before: [] };
  expect(actions({ alerts }).map((one) => one.what)).toEqual(what === undefined ? [] : [what]);
});

it('asks about alarms that nobody expected, also before any fault', () => {
  const fired = { alarm: 'disk full!', atMs: 0, reason: 'it is full' };
  const alerts = {
    attempts: [{ stage: 1, attempt: 2, counts: true, expected: [], unexpected: [fired] }],
    before: [fired],
  };
  expect(actions({ alerts }).map(({ id, why }) => [id, why])).toEqual([
    ['alarm-disk-full-before', 'disk full! fired though no fault had begun: it is full'],
    [
      'stage-1-alarm-disk-full-unexpected',
      'stage 1, attempt 2: disk full! fired after 0 s and nobody expected it: it is full',
    ],
  ]);
});
