import { type Journal, journalSchema } from '../../lib/run/journal.ts';

/** A journal of a short run, changed as a test needs it. */
export const journalOf = (changes: Partial<Journal> = {}): Journal =>
  journalSchema.parse({
    schemaVersion: 1,
    runId: 'run-1',
    experiment: { id: 'slow-database', title: 'A slow database', hash: 'a'.repeat(64), definition: {} },
    environment: { id: 'staging', production: false, tag: { key: 'Env', value: 'staging' } },
    mode: 'aws',
    pace: 1,
    seed: 1,
    start: '2026-05-01T12:00:00.000Z',
    end: '2026-05-01T12:10:00.000Z',
    verdict: 'held',
    summary: 'held: every tolerance was met.',
    findings: [],
    checks: [],
    baseline: { probes: [], tolerances: [], windows: [] },
    stages: [],
    rollbacks: [],
    timeline: [],
    wouldHaveMissed: [],
    samples: { file: 'samples.ndjson', sha256: 'b'.repeat(64), count: 0 },
    ...changes,
  });
