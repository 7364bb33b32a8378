import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileRunStore } from '../../lib/rehearsal/file-run-store.ts';
import type { Journal } from '../../lib/run/journal.ts';
import { type Observation, sampleSchema } from '../../lib/steady-state/observation.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { journalOf } from './journal-of.ts';

const sample = (second: number, error?: string): Observation => ({
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  probe: 'p',
  ...(error === undefined ? {} : { error }),
});

function store() {
  const folder = temporaryProject({ 'other.txt': 'of someone else' });
  const journals: Journal[] = [];
  return { folder, journals, store: createFileRunStore(folder, (journal) => journals.push(journal)) };
}

async function all(observations: AsyncIterable<Observation>): Promise<Observation[]> {
  const list: Observation[] = [];
  for await (const one of observations) list.push(one);
  return list;
}

const check = (name: string) =>
  ({ kind: 'check', at: sample(0).at, check: name, passed: true, evidence: 'seen' }) as const;

describe('a run in a folder', () => {
  it('keeps observations in the order of their keys, and finds those of a phase', async () => {
    const { store: run } = store();
    await run.saveObservations('r', 'stage-0-0000000000002', [sample(2)]);
    await run.saveObservations('r', 'baseline-0000000000001', [sample(0), sample(1)]);
    await run.saveObservations('r', 'stage-1-0000000000003', []);
    expect(await all(run.observations('r'))).toEqual([sample(0), sample(1), sample(2)]);
    expect(await all(run.observations('r', 'stage-'))).toEqual([sample(2)]);
    expect(await all(run.observations('r', 'none'))).toEqual([]);
  });

  it('counts nothing twice when a key is written again', async () => {
    const { store: run } = store();
    await run.saveObservations('r', 'a', [sample(0)]);
    await run.saveObservations('r', 'a', [sample(1)]);
    await run.record('r', 'note', check('one'));
    await run.record('r', 'note', check('two'));
    expect(await all(run.observations('r'))).toEqual([sample(1)]);
    expect(await run.entries('r')).toMatchObject([{ check: 'two' }]);
  });

  it('writes one line a sample, with the hash and number of what it wrote, whatever the texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\u2028b', '\r\n', '\u0085')), {
            maxLength: 4,
          }),
          { maxLength: 3 },
        ),
        async (parts) => {
          const folder = temporaryProject({});
          const run = createFileRunStore(folder, () => undefined);
          const texts = parts.map((part) => part.map((text) => (text.isWellFormed() ? text : '?')));
          for (const [index, part] of texts.entries())
            await run.saveObservations(
              'r',
              `slice-${index}`,
              part.map((text) => sample(index, text)),
            );
          const saved = await run.saveSamples('r');
          const written = readFileSync(join(folder, saved.file), 'utf8');
          expect(saved.sha256).toBe(createHash('sha256').update(written).digest('hex'));
          const lines = written.split('\n').slice(0, -1);
          expect(lines).toHaveLength(saved.count);
          expect(lines.map((line) => sampleSchema.parse(JSON.parse(line)).error)).toEqual(texts.flat());
          expect((await all(run.observations('r'))).length).toBe(saved.count);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('leaves only its files, and those of others', async () => {
    const { folder, journals, store: run } = store();
    await run.saveObservations('r', 'a', [sample(0)]);
    await run.saveSamples('r');
    const journal = journalOf({ verdict: 'held' });
    await run.saveJournal(journal);
    expect(readdirSync(folder).toSorted()).toEqual(['journal.json', 'other.txt', 'samples.ndjson']);
    expect(JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8'))).toEqual(journal);
    expect(journals).toEqual([journal]);
  });

  it('leaves nothing unfinished where a file cannot be put in its place', async () => {
    const { folder, journals, store: run } = store();
    await run.saveObservations('r', 'a', [sample(0)]);
    for (const name of ['samples.ndjson', 'journal.json']) mkdirSync(join(folder, name));
    await expect(run.saveSamples('r')).rejects.toThrow();
    await expect(run.saveJournal(journalOf({ verdict: 'held' }))).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    expect(journals).toEqual([]);
  });

  it('gives its input back', async () => {
    const { store: run } = store();
    await run.saveInput('r', '{"a":1}');
    expect(await run.loadInput('r')).toBe('{"a":1}');
  });
});
