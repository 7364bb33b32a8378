import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileRunStore } from '../../lib/rehearsal/file-run-store.ts';
import { createFakeRunStore } from '../fakes/fake-run-store.ts';
import { itKeepsRuns } from './ports-contract.ts';

describe('the fake store', () => {
  itKeepsRuns(async () => createFakeRunStore());
});

describe('the store in a folder', () => {
  const folders: string[] = [];
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'steadfast-store-'));
    folders.push(made);
    return made;
  };
  afterAll(async () => {
    for (const one of folders) await rm(one, { recursive: true, force: true });
  });

  itKeepsRuns(async () => createFileRunStore(await folder(), () => {}));

  it('leaves the samples as lines of JSON, and nothing of its own', async () => {
    const out = await folder();
    const store = createFileRunStore(out, () => {});
    const sample = { at: '2026-01-01T00:00:00.000Z', probe: 'products', latencyMs: 1.5 };
    await store.saveObservations('run-1', '10-baseline/s00000', [sample]);
    await store.saveSamples('run-1');
    expect(await readFile(join(out, 'samples.ndjson'), 'utf8')).toBe(`${JSON.stringify(sample)}\n`);
    expect((await readdir(out)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });
});
