import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../lib/report/compare/compare-runs.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import {
  deviatedJournal,
  haltedJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from '../journal-fixture.ts';
import { compare, experiment, later, withP95 } from './compared.ts';

describe('a comparison of two runs', () => {
  it('says what became of the verdict, where both say how the system fared', () => {
    const verdict = (before: Journal, after: Journal) => compare(before, later(after)).verdict;
    const deviated = { ...deviatedJournal(), experiment };
    expect(verdict(heldJournal(), deviated)).toEqual({
      change: 'worse',
      reason: 'The verdict went from held to deviated.',
    });
    expect(verdict({ ...unrecoveredJournal(), experiment }, deviated).change).toBe('better');
    expect(verdict(heldJournal(), haltedJournal())).toEqual({
      change: 'unknown',
      reason: 'The verdict went from held to halted; halted does not say how the system fared.',
    });
    expect(verdict(rejectedJournal(), rejectedJournal())).toMatchObject({ change: 'unknown' });
    expect(compare(rejectedJournal(), later(rejectedJournal()))).toMatchObject({
      outcome: 'not-shown',
      summary: expect.stringMatching(/^Neither run got as far as to judge anything\./) as string,
    });
  });

  it('tells of a recovery whether it came in time, and nothing more', () => {
    const seconds = (journal: Journal, met: boolean | undefined, value: number | undefined): Journal => ({
      ...journal,
      recovery: {
        objective: 6,
        reason: '',
        windows: [],
        tolerances: [],
        ...(met === undefined ? {} : { met }),
        ...(value === undefined ? {} : { seconds: value }),
      },
    });
    const one = withP95(20);
    const recovery = (before: Journal, after: Journal) => compare(before, later(after)).recovery;
    expect(recovery(seconds(one, true, 2), seconds(one, true, 4))).toMatchObject({
      before: 2,
      after: 4,
      change: 'unknown',
    });
    expect(recovery(seconds(one, true, 2), seconds(one, false, undefined))).toMatchObject({
      change: 'worse',
      reason: 'It came in time, and does not any more.',
    });
    expect(recovery(seconds(one, false, undefined), seconds(one, true, 2)).change).toBe('better');
    expect(recovery(one, one).reason).toMatch(/^Back not seen, then not seen/);
    const mixed = compare(seconds(withP95(200), true, 2), later(seconds(withP95(100), false, undefined)));
    expect(mixed.outcome).toBe('mixed');
  });

  it('names all that differs besides what was measured, before any figure', () => {
    const one = heldJournal();
    const { unlike, definition } = compare(
      { ...one, set: { delay: '500ms' } },
      {
        ...one,
        runId: 'other',
        start: '2026-04-01T00:00:00.000Z',
        experiment: {
          ...one.experiment,
          hash: 'f'.repeat(64),
          definition: { id: 'slow-database', stages: [{ share: 'one' }], owner: 'x'.repeat(200) },
        },
        environment: { ...one.environment, id: 'staging' },
        mode: 'aws',
        pace: 1,
        leastRatePerSecond: 200,
        only: { stage: 2, of: 3 },
        set: { loss: '5%', delay: '1s' },
      },
    );
    expect(unlike).toEqual([
      'The definition is another one: the two runs did not test quite the same.',
      'The environment: shop, then staging.',
      'The mode: a rehearsal in a lab, then a run in AWS.',
      'The pace of times: 0.1, then 1.',
      'What was set: delay=500ms, then delay=1s, loss=5%.',
      'What was run: all stages, then stage 2 of 3 alone.',
      'The least requests a second: none, then 200.',
      expect.stringMatching(/^The first run is the younger one \(2026-05-01 09:30:00 UTC, then 2026-04-01/),
    ]);
    expect(definition.changes.find(({ path }) => path === 'stages')).toEqual({
      path: 'stages',
      after: '[{"share":"one"}]',
    });
    expect(definition.changes.find(({ path }) => path === 'title')).toMatchObject({ path: 'title' });
    expect(definition.changes.find(({ path }) => path === 'owner')?.after).toHaveLength(121);
  });

  it('shows the first of many changes of a definition, and counts the rest', () => {
    const one = heldJournal();
    const stages = (share: string) =>
      Array.from({ length: 25 }, (_, index) => ({ share: `${share}${index}` }));
    const withStages = (share: string, definition = { stages: stages(share) }) => ({
      ...later(one, { runId: share }),
      experiment: { ...one.experiment, hash: share, definition },
    });
    const { definition } = compare(withStages('a'), withStages('b'));
    expect(definition.changes).toHaveLength(20);
    expect(definition.changes[1]).toEqual({ path: 'stages[1].share', before: '"a1"', after: '"b1"' });
    expect(definition.more).toBe(5);
    const whole = compare(withStages('a'), {
      ...withStages('b'),
      experiment: { ...one.experiment, hash: 'c', definition: null },
    });
    expect(whole.definition.changes).toMatchObject([{ path: 'the whole', after: 'null' }]);
  });

  it('tells the findings that one of the two alone has', () => {
    const { findings } = compare({ ...deviatedJournal(), experiment }, later(heldJournal()));
    expect(findings.added).toEqual([]);
    expect(findings.gone.map(({ code }) => code)).toEqual(['tolerance-missed', 'halted-by-watch']);
  });

  it('refuses runs of different experiments, and twice the same run', () => {
    expect(() =>
      compareRuns(heldJournal(), { ...later(deviatedJournal()), experiment: deviatedJournal().experiment }),
    ).toThrow("the first run is of 'slow-database', the second of 'stale-cache'");
    expect(() => compareRuns(heldJournal(), heldJournal())).toThrow('both are the run 20260501t093000-7f3a');
  });
});
