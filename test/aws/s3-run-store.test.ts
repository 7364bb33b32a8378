import { createHash } from 'node:crypto';
import { CompleteMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createS3RunStore } from '../../lib/aws/s3-run-store.ts';
import type { Journal } from '../../lib/run/journal.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';
import { createFakeBucket, textOf } from '../fakes/fake-aws-bucket.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';

function setUp() {
  const bucket = createFakeBucket();
  const store = createS3RunStore({ s3: bucket.s3, bucket: 'runs' });
  return { bucket, store };
}

const sample = (second: number): Observation => ({
  at: new Date(Date.UTC(2026, 4, 1, 12, 0, second)).toISOString(),
  probe: 'products',
  latencyMs: 10,
});

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const note = (second: number, text: string) => {
  const at = new Date(Date.UTC(2026, 4, 1, 12, 0, second)).toISOString();
  return { kind: 'timeline', at, entry: { at, text, kind: 'note' } } as const;
};

describe('a run kept in S3', () => {
  it('gives back its input, and says so where there is none', async () => {
    const { store } = setUp();
    await store.saveInput('run-1', '{"a":1}');
    expect(await store.loadInput('run-1')).toBe('{"a":1}');
    await expect(store.loadInput('run-2')).rejects.toThrow('holds no runs/run-2/input.json');
  });

  it('gives its entries in the order in which they happened, each key once, page after page', async () => {
    const { store } = setUp();
    for (const second of [9, 2, 5, 7, 1, 3, 8])
      await store.record('run-1', `timeline-${100 - second}`, note(second, `at ${second}`));
    await store.record('run-1', 'timeline-95', note(6, 'at 6, in place of 5'));
    await store.record('run-2', 'timeline-1', note(0, 'of another run'));
    const texts = (await store.entries('run-1')).map((entry) =>
      entry.kind === 'timeline' ? entry.entry.text : '',
    );
    expect(texts).toEqual(['at 1', 'at 2', 'at 3', 'at 6, in place of 5', 'at 7', 'at 8', 'at 9']);
  });

  it('gives observations in the order of their keys, and a slice that was repeated once', async () => {
    const { store } = setUp();
    await store.saveObservations('run-1', '20-stage-00/s00001', [sample(3), sample(4)]);
    await store.saveObservations('run-1', '10-baseline/s00000', [sample(1)]);
    await store.saveObservations('run-1', '20-stage-00/s00001', [sample(5)]);
    await store.saveObservations('run-1', '90-recovery/s00000', []);
    expect(await listOf(store.observations('run-1'))).toEqual([sample(1), sample(5)]);
    expect(await listOf(store.observations('run-1', '20-stage-00/'))).toEqual([sample(5)]);
  });

  it('writes all samples as one file, whose hash is of the bytes written', async () => {
    const { store, bucket } = setUp();
    await store.saveObservations('run-1', '10/a', [{ at: sample(0).at, mark: 'baseline-start' }]);
    await store.saveObservations('run-1', '10/b', [sample(1), sample(2)]);
    const saved = await store.saveSamples('run-1');
    const text = bucket.objects.get('runs/run-1/samples.ndjson') ?? '';
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([{ at: sample(0).at, mark: 'baseline-start' }, sample(1), sample(2)]);
    expect(saved).toEqual({
      file: 'samples.ndjson',
      sha256: createHash('sha256').update(text).digest('hex'),
      count: 3,
    });
  });

  it('writes many samples part by part, holding one part at a time', async () => {
    const { store, bucket } = setUp();
    const slice = Array.from({ length: 60_000 }, (_, index) => sample(index % 60));
    for (const key of ['a', 'b', 'c', 'd']) await store.saveObservations('run-1', key, slice);
    const saved = await store.saveSamples('run-1');
    const text = bucket.objects.get('runs/run-1/samples.ndjson') ?? '';
    expect(saved).toMatchObject({ count: 240_000, sha256: createHash('sha256').update(text).digest('hex') });
    const parts = bucket.mock
      .commandCalls(UploadPartCommand)
      .map(({ args }) => Buffer.byteLength(textOf(args[0].input.Body)));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts)).toBeLessThan(9 * 1_024 * 1_024);
  });

  it('leaves no half of an upload behind when it fails', async () => {
    const { store, bucket } = setUp();
    const slice = Array.from({ length: 60_000 }, (_, index) => sample(index % 60));
    for (const key of ['a', 'b', 'c', 'd']) await store.saveObservations('run-1', key, slice);
    bucket.mock.on(CompleteMultipartUploadCommand).rejects(new Error('S3 is unwell'));
    await expect(store.saveSamples('run-1')).rejects.toThrow('S3 is unwell');
    expect(bucket.uploads.size).toBe(0);
    expect(bucket.objects.has('runs/run-1/samples.ndjson')).toBe(false);
  });

  it('writes its journal', async () => {
    const { store, bucket } = setUp();
    const journal: Journal = journalOf({ runId: 'run-1', verdict: 'deviated' });
    await store.saveJournal(journal);
    expect(JSON.parse(bucket.objects.get('runs/run-1/journal.json') ?? '')).toEqual(journal);
  });
});
