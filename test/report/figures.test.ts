import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../lib/report/figures.ts';
import type { Journal } from '../../lib/run/journal.ts';
import { deviatedJournal, haltedJournal, heldJournal, unrecoveredJournal } from './journal-fixture.ts';
import { judgement } from './journal-parts.ts';

const row = (journal: Journal, probe: string, measure: string) =>
  figuresOf(journal).find((one) => one.probe === probe && one.measure === measure);

describe('the figures of a run', () => {
  test('show what was judged before, during and after the fault', () => {
    expect(row(heldJournal(), 'products', 'p95')).toMatchObject({
      limit: 'below 250ms',
      before: { text: '9.4 ms' },
      during: { text: '11 ms' },
      after: { text: '9.9 ms' },
      state: 'met',
    });
  });

  test('take the worst of several stages, and say which it was', () => {
    expect(row(deviatedJournal(), 'products', 'age')).toMatchObject({
      during: { text: '10.9 s' },
      state: 'missed',
      stage: 1,
    });
  });

  test('prefer a miss to an unknown, and an unknown to what was met', () => {
    const journal = heldJournal();
    const [first, second] = journal.stages;
    if (first === undefined || second === undefined) throw new Error('the fixture has two stages');
    const stages = [
      { ...first, tolerances: [judgement('products', 'age', undefined, 0)] },
      { ...second, tolerances: [judgement('products', 'age', 2)] },
    ];
    expect(row({ ...journal, stages }, 'products', 'age')).toMatchObject({
      during: { text: 'no data' },
      state: 'unknown',
      stage: 0,
    });
  });

  test('call a percentile that is beyond every answer no answer, not missing data', () => {
    const journal = heldJournal();
    const [first] = journal.stages;
    if (first === undefined) throw new Error('the fixture has two stages');
    const { observed: _none, ...unanswered } = judgement('products', 'p95', 900);
    expect(
      row({ ...journal, stages: [{ ...first, tolerances: [unanswered] }] }, 'products', 'p95')?.during?.text,
    ).toBe('no answer');
  });

  test('mark what comes from the windows alone, where nothing was judged for the whole stretch', () => {
    const p50 = row(heldJournal(), 'products', 'p50');
    expect(p50?.before).toEqual({ text: '3.9 ms' });
    expect(p50?.during?.typical).toBe(true);
    expect(p50?.state).toBeUndefined();
  });

  test('count errors exactly, from the windows, where there is no tolerance on them', () => {
    expect(row(haltedJournal(), 'health', 'errorRate')?.during).toEqual({ text: '0%' });
  });

  test('leave out of "after" the time before steady state was back', () => {
    const journal = unrecoveredJournal();
    const { recovery } = journal;
    if (recovery === undefined) throw new Error('the fixture recovers');
    const late = { ...journal, recovery: { ...recovery, seconds: 3_600 } };
    expect(row(late, 'health', 'p95')?.after).toBeUndefined();
    expect(row(journal, 'health', 'p95')?.after?.typical).toBe(true);
  });
});
