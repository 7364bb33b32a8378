import { compareRuns } from '../../../lib/report/compare/compare-runs.ts';
import { type Comparison, comparisonSchema } from '../../../lib/report/compare/comparison-schema.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { heldJournal } from '../journal-fixture.ts';
import { journalOf, judgement, quiet, stage } from '../journal-parts.ts';

export const experiment = heldJournal().experiment;

/** The same experiment a week later, changed as a test needs it. */
export const later = (journal: Journal, changes: Partial<Journal> = {}): Journal => ({
  ...journal,
  experiment,
  runId: 'later',
  start: '2026-05-08T09:30:00.000Z',
  end: '2026-05-08T09:31:08.000Z',
  ...changes,
});

/** A run with one stage in which products had this p95. */
export const withP95 = (observed: number | undefined, changes: Partial<Journal> = {}): Journal =>
  journalOf({
    verdict: 'held',
    summary: 'held',
    stages: [stage(0, quiet, [judgement('products', 'p95', observed, observed === undefined ? 0 : 2_400)])],
    ...changes,
  });

/** A comparison, which is of its schema. */
export const compare = (before: Journal, after: Journal): Comparison =>
  comparisonSchema.parse(compareRuns(before, after));
