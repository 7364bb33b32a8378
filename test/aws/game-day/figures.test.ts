import { GetObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { createAwsFigures } from '../../../lib/aws/game-day/figures.ts';
import { createS3RunNotes } from '../../../lib/aws/s3-run-notes.ts';
import type { Observation } from '../../../lib/steady-state/observation.ts';
import { createFakeBucket } from '../../fakes/fake-aws-bucket.ts';
import { runnerInput } from '../../fakes/fake-aws-input.ts';

const startMs = Date.parse('2026-05-01T09:00:00.000Z');
const at = (seconds: number) => new Date(startMs + seconds * 1_000).toISOString();

/** Ten requests a second that take so long. */
const samples = (from: number, to: number, latencyMs: number): Observation[] =>
  Array.from({ length: (to - from) * 10 }, (_, index) => ({
    at: at(from + index / 10),
    probe: 'products',
    latencyMs,
    status: 200,
  }));

/** Percentiles are counted in steps of a fraction of a percent. */
const near = (ms: number): number => expect.closeTo(ms, 0) as number;

test('tells what the probes of a run see now beside what they saw before the fault, and reads nothing twice', async () => {
  const { s3, mock } = createFakeBucket();
  const bucket = 'steadfast-staging-111122223333';
  const notes = createS3RunNotes({ s3, bucket });
  const figuresOf = createAwsFigures({ s3, bucket });
  await notes.saveInput('run-1', JSON.stringify(runnerInput()));
  await notes.saveObservations('run-1', '1-baseline', [
    { at: at(0), mark: 'baseline-start' },
    ...samples(0, 30, 40),
  ]);
  await notes.saveObservations('run-1', '2-stage', [
    { at: at(30), mark: 'fault-start', stage: '100%' },
    ...samples(30, 60, 400),
  ]);
  const p95 = { probe: 'products', figure: 'p95', unit: 'ms', limit: 250, baseline: near(40) };
  const [first] = await figuresOf('run-1');
  expect(first).toMatchObject({ ...p95, now: near(400) });
  expect(first?.series.length).toBeGreaterThan(20);

  await notes.saveObservations('run-1', '3-stage', samples(60, 70, 90));
  mock.resetHistory();
  expect((await figuresOf('run-1'))[0]).toMatchObject({ ...p95, now: near(90) });
  expect(mock.commandCalls(GetObjectCommand)).toHaveLength(1);
});
