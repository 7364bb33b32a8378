import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { RunEntry } from '../run/entries.ts';
import type { Journal } from '../run/journal.ts';
import { jsonText } from '../run/json-text.ts';
import type { RunStore } from '../run/ports.ts';
import { observationSchema } from '../steady-state/observation.ts';

const line = jsonText.pipe(observationSchema);

/** Where a rehearsal's files are, by what they hold. */
export const runFiles = {
  journal: 'journal.json',
  samples: 'samples.ndjson',
  report: 'report.html',
} as const;

/** Writes a file whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}

/** Keeps a run in a folder: observations as they come, and in the end `samples.ndjson` and `journal.json`. */
export function createFileRunStore(folder: string, onJournal: (journal: Journal) => void): RunStore {
  const parts = join(folder, '.observations');
  const entries = new Map<string, RunEntry>();
  let input = '';
  const partFile = (key: string) => join(parts, `${key}.ndjson`);

  /** The keys that begin with a prefix, in order. */
  async function keys(prefix: string): Promise<string[]> {
    const names = await readdir(parts, { recursive: true }).catch(() => []);
    return names
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => name.slice(0, -'.ndjson'.length))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  return {
    saveInput: async (_runId, text) => {
      input = text;
    },
    loadInput: async () => input,
    record: async (_runId, key, entry) => {
      entries.delete(key);
      entries.set(key, entry);
    },
    entries: async () => [...entries.values()],
    saveObservations: async (_runId, key, observations) => {
      await mkdir(dirname(partFile(key)), { recursive: true });
      await writeWhole(partFile(key), observations.map((one) => `${JSON.stringify(one)}\n`).join(''));
    },
    observations: async function* (_runId, prefix = '') {
      for (const key of await keys(prefix)) {
        for await (const text of createInterface({ input: createReadStream(partFile(key)) }))
          yield line.parse(text);
      }
    },
    saveSamples: async () => {
      const unfinished = join(folder, `${runFiles.samples}.unfinished`);
      const hash = createHash('sha256');
      let count = 0;
      async function* lines() {
        for (const key of await keys('')) {
          for await (const text of createInterface({ input: createReadStream(partFile(key)) })) {
            hash.update(`${text}\n`);
            count += 1;
            yield `${text}\n`;
          }
        }
      }
      await pipeline(lines, createWriteStream(unfinished));
      await rename(unfinished, join(folder, runFiles.samples));
      return { file: runFiles.samples, sha256: hash.digest('hex'), count };
    },
    saveJournal: async (journal) => {
      await writeWhole(join(folder, runFiles.journal), `${JSON.stringify(journal, null, 2)}\n`);
      await rm(parts, { recursive: true, force: true });
      onJournal(journal);
    },
  };
}
