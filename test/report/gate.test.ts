import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdicts } from '../../lib/experiment/verdict.ts';
import { gateOf } from '../../lib/report/gate.ts';
import type { RunRecord } from '../../lib/run/run-record.ts';

const nowMs = Date.parse('2026-05-31T12:00:00Z');
const day = 86_400_000;
const ago = (days: number) => new Date(nowMs - days * day).toISOString();

const ran = (verdict: RunRecord['verdict'], days: number, more: Partial<RunRecord> = {}): RunRecord => ({
  runId: `run-${days}`,
  experiment: 'slow-database',
  environment: 'staging',
  verdict,
  summary: `It was ${verdict}.`,
  start: ago(days),
  end: ago(days),
  hash: 'now',
  services: ['shop'],
  faults: [],
  ...more,
});

const gate = (records: readonly RunRecord[], more: Partial<Parameters<typeof gateOf>[0]> = {}) =>
  gateOf({
    service: { service: 'shop', experiments: [{ id: 'slow-database', hash: 'now' }], untested: [] },
    records,
    environment: 'staging',
    maxAge: { ms: 30 * day, text: '30d' },
    nowMs,
    ...more,
  });

describe('the gate of a service', () => {
  it('is open where all that is tried on it held, and not too long ago', () => {
    expect(gate([ran('held', 30), ran('deviated', 31)])).toMatchObject({ open: true, reasons: [] });
    // A clock that is a little ahead of ours is no reason.
    expect(gate([ran('held', -0.001)]).open).toBe(true);
  });

  it.each<[string, readonly RunRecord[], RegExp]>([
    ['nothing was ever run', [], /there is no run of it in full/],
    ['no run says anything', [ran('rejected', 1), ran('errored', 2)], /there is no run of it in full/],
    [
      'the last did not hold',
      [ran('held', 3), ran('unrecovered', 2)],
      /ended as unrecovered \(2026-05-29T12:00:00\.000Z\): It was unrecovered\./,
    ],
    [
      'the last is older by a second',
      [ran('held', 30 + 1 / 86_400)],
      /ended 30 days ago .+ and may be 30d old/,
    ],
    ['another definition held', [ran('held', 1, { hash: 'before' })], /was of another definition/],
    [
      'one stage alone held',
      [ran('held', 1, { only: { stage: 1, of: 3 } })],
      /there is no run of it in full/,
    ],
    [
      'one stage alone did not hold',
      [ran('held', 2), ran('deviated', 1, { only: { stage: 1, of: 3 } })],
      /ended as deviated/,
    ],
    ['the record has no time', [ran('held', 1, { end: 'yesterday' })], /at a time that cannot be: yesterday/],
    ['it is of the future', [ran('held', -1)], /at a time that cannot be/],
  ])('is closed where %s', (_, records, reason) => {
    const { open, reasons } = gate(records);
    expect(open).toBe(false);
    expect(reasons).toEqual([
      {
        experiment: 'slow-database',
        reason: expect.stringMatching(reason) as string,
        next: 'npx steadfast run slow-database --env staging',
      },
    ]);
  });

  it('is closed by one experiment of several, and names how to rehearse it', () => {
    const service = {
      service: 'shop',
      experiments: [{ id: 'slow-database' }, { id: 'lost-task' }],
      untested: [],
    };
    const { open, reasons } = gate([ran('held', 1)], { service, environment: undefined });
    expect(open).toBe(false);
    expect(reasons).toMatchObject([{ experiment: 'lost-task', next: 'npx steadfast rehearse lost-task' }]);
    expect(gate([ran('held', 0.25)], { maxAge: { ms: 3_600_000, text: '1h' } }).reasons[0]?.reason).toContain(
      'ended 6 h ago',
    );
  });

  it.each([
    ['staging', 'no experiment that is deployed in staging touches shop'],
    [undefined, 'no experiment that a lab can play touches shop'],
  ])('is closed where nothing is tried on it (in %s)', (environment, reason) => {
    const service = { service: 'shop', experiments: [], untested: [] };
    expect(gate([ran('held', 1)], { service, environment })).toMatchObject({
      open: false,
      reasons: [{ reason, next: 'npx steadfast new --list --for shop' }],
    });
  });
});

it('is never open without a full run that held, by the definition of now, within its age', () => {
  const record = fc
    .record({
      verdict: fc.constantFrom(...verdicts),
      days: fc.integer({ min: -2, max: 60 }),
      hash: fc.constantFrom('now', 'before'),
      only: fc.option(fc.constant({ stage: 1, of: 2 }), { nil: undefined }),
    })
    .map(({ verdict, days, hash, only }) => ran(verdict, days, { hash, only }));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const good = records.some(
        ({ verdict, hash, only, end }) =>
          verdict === 'held' &&
          hash === 'now' &&
          only === undefined &&
          nowMs - Date.parse(end) <= 30 * day &&
          Date.parse(end) <= nowMs,
      );
      if (gate(records).open) expect(good).toBe(true);
    }),
  );
});
