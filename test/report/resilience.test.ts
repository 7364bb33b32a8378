import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../lib/experiment/verdict.ts';
import { resilienceOf } from '../../lib/report/resilience.ts';
import type { RunRecord } from '../../lib/run/run-record.ts';

const day = (n: number) => new Date(Date.UTC(2026, 4, n)).toISOString();
const now = Date.parse(day(31));

const record = (verdict: Verdict, onDay: number, changes: Partial<RunRecord> = {}): RunRecord => ({
  runId: `run-${onDay}`,
  experiment: 'slow-database',
  environment: 'staging',
  verdict,
  summary: `It was ${verdict}.`,
  start: day(onDay),
  end: day(onDay),
  services: ['shop'],
  faults: [],
  ...changes,
});

const shop = {
  service: 'shop',
  experiments: [{ id: 'slow-database', hash: 'now' }, { id: 'half-the-tasks' }],
  untested: ['the zone of shop is cut off'],
};

const ofShop = (...records: RunRecord[]) => {
  const [service] = resilienceOf([shop], records, now);
  return { service, slow: service?.experiments[0], half: service?.experiments[1] };
};

describe('the resilience record of a service', () => {
  it('has the last verdict, its age, and what no experiment tests', () => {
    const { service, slow, half } = ofShop(record('held', 21), record('deviated', 1));
    expect(service).toMatchObject({ service: 'shop', verdict: 'held', ageDays: 10, untested: { length: 1 } });
    expect(slow).toMatchObject({
      last: { runId: 'run-21', verdict: 'held', ageDays: 10 },
      history: ['deviated', 'held'],
      trend: 'better',
    });
    expect(half).toMatchObject({ history: [], trend: 'unknown', isOutdated: false });
    expect(half).not.toHaveProperty('last');
  });

  it('is the worst of what each experiment last showed, as old as the oldest', () => {
    const { service } = ofShop(
      record('held', 30),
      record('unrecovered', 11, { experiment: 'half-the-tasks' }),
    );
    expect(service).toMatchObject({ verdict: 'unrecovered', ageDays: 20 });
  });

  it('passes over runs that say nothing about the system', () => {
    const { slow } = ofShop(record('deviated', 1), record('rejected', 2), record('errored', 3));
    expect(slow).toMatchObject({ last: { verdict: 'deviated' }, history: ['deviated'], trend: 'unknown' });
  });

  it('sees a trend past a run that was too short to say', () => {
    expect(ofShop(record('held', 1), record('inconclusive', 2), record('deviated', 3)).slow?.trend).toBe(
      'worse',
    );
    expect(ofShop(record('held', 1), record('inconclusive', 2), record('held', 3)).slow?.trend).toBe(
      'steady',
    );
  });

  it('says where the last run was of another definition', () => {
    expect(ofShop(record('held', 1, { hash: 'before' })).slow?.isOutdated).toBe(true);
    expect(ofShop(record('held', 1, { hash: 'now' })).slow?.isOutdated).toBe(false);
  });

  it('is the same in whatever order the runs come', () => {
    const verdicts = ['held', 'deviated', 'halted', 'rejected', 'inconclusive'] as const;
    const runs = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(
        runs,
        fc.array(fc.constantFrom(...verdicts), { minLength: 15, maxLength: 15 }),
        (days, told) => {
          const records = days.map((onDay, index) => record(told[index] ?? 'held', onDay));
          expect(resilienceOf([shop], records.toReversed(), now)).toEqual(resilienceOf([shop], records, now));
        },
      ),
    );
  });
});
