import type { Verdict } from '../../lib/experiment/verdict.ts';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { slowDatabase } from '../plan/examples.ts';

const at = '2026-01-01T00:00:00.000Z';

interface Given {
  readonly verdict: Verdict;
  readonly seed?: number;
  readonly findings?: Journal['findings'];
}

/** The journal of a run of which nothing matters but what is given. */
export const journalOf = (given: Given): Journal =>
  journalSchema.parse({
    schemaVersion: 1,
    runId: 'slow-database-20260101T000000Z-0000',
    experiment: { id: slowDatabase.id, title: slowDatabase.title, hash: '0', definition: slowDatabase },
    environment: { id: 'shop', production: false, tag: { key: 'Env', value: 'shop' } },
    mode: 'rehearsal',
    pace: 1,
    seed: 7,
    start: at,
    end: at,
    summary: 'A summary.',
    findings: [],
    checks: [],
    baseline: { probes: [], tolerances: [], windows: [] },
    stages: [],
    rollbacks: [],
    timeline: [],
    wouldHaveMissed: [],
    samples: { file: 'samples.ndjson', sha256: '0', count: 0 },
    ...given,
  });
