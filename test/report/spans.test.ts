import { describe, expect, it } from 'vitest';
import { renderReport } from '../../lib/report/report.ts';
import { spansOf, stageName } from '../../lib/report/spans.ts';
import type { Journal, JournalStage } from '../../lib/run/journal.ts';
import { heldJournal } from './journal-fixture.ts';
import { calm, journalOf, quiet, stage } from './journal-parts.ts';
import { at } from './window-fixture.ts';

const withStages = (...stages: JournalStage[]): Journal =>
  journalOf({ verdict: 'errored', summary: 'It broke.', stages });

/** A stage as a runner leaves it that died in it. */
const { start: _start, end: _end, ...unended } = stage(0, quiet, calm(1));

describe('what the charts mark of a run', () => {
  it('is a fault as far as its windows reach where its times were not recorded', () => {
    const [whole, cut] = [withStages(stage(0, quiet, [])), withStages(unended)].map((journal) =>
      spansOf(journal).find(({ kind }) => kind === 'fault'),
    );
    expect(whole?.labels).toEqual(['fault: one', 'one', '1']);
    expect(cut).toEqual(whole);
  });

  it('is no fault of which nothing is known', () => {
    expect(spansOf(withStages({ ...unended, windows: [] })).map(({ kind }) => kind)).toEqual(['baseline']);
  });

  it('is a soak between its start and its end alone', () => {
    const soak = { tolerances: [], windows: [] };
    const spans = (given: object) =>
      spansOf(withStages({ ...stage(0, quiet, []), soak: { ...soak, ...given } })).filter(
        ({ kind }) => kind === 'soak',
      );
    expect(spans({ start: at(36), end: at(40) })).toEqual([
      {
        kind: 'soak',
        labels: ['soak after one', 'soak', 'S'],
        startMs: Date.parse(at(36)),
        endMs: Date.parse(at(40)),
      },
    ]);
    expect([...spans({ start: at(36) }), ...spans({ end: at(40) }), ...spans({})]).toEqual([]);
  });

  it('is no baseline that never ended, nor a recovery that never was', () => {
    const { baseline } = heldJournal();
    const { end: _, ...unendedBaseline } = baseline;
    expect(spansOf({ ...withStages(), baseline: unendedBaseline })).toEqual([]);
  });
});

it('a stage is named with its label, where it has one', () => {
  const { stages } = heldJournal();
  expect(stageName(stages, 1)).toBe('stage 2 of 2 (100%)');
  expect(stageName(stages.slice(0, 1), 0)).toBe('the stage (one)');
  expect(stageName(stages, 2)).toBe('stage 3 of 2');
});

describe('a stage in the report', () => {
  const pageOf = (given: Partial<JournalStage>, from: JournalStage = stage(0, quiet, calm(1))) =>
    renderReport(withStages({ ...from, ...given }));

  it('says what was not recorded of it', () => {
    expect(pageOf({ targets: [], bite: [] })).toMatch(
      /<dd>none recorded<\/dd>[\s\S]*no evidence was recorded/,
    );
    expect(pageOf({}, unended)).toContain('The fault was not started.');
    expect(pageOf({ start: at(24) }, unended)).toContain('; its end was not recorded.');
  });

  it('tells of its soak, and when that began where it is known', () => {
    const soak = { tolerances: calm(1), windows: [] };
    const [known, unknown] = [pageOf({ soak: { ...soak, start: at(36) } }), pageOf({ soak })];
    expect(known).toContain('before the next stage. It began at +36 s.');
    expect(unknown).toContain('before the next stage.</p>');
    expect(unknown).toContain('was judged in the soak after the stage (one)');
    const halt = { by: 'watch', reason: 'products were slow', at: at(38) } as const;
    expect(pageOf({ soak: { ...soak, halt } })).toContain('products were slow');
  });
});
