import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import type { RunEntry } from '../run/entries.ts';
import type { Journal } from '../run/journal.ts';
import { jsonText } from '../run/json-text.ts';
import type { RunStore } from '../run/ports.ts';
import { observationSchema } from '../steady-state/observation.ts';

const line = z.pipe(jsonText, observationSchema);

/** Where a rehearsal's files are, by what they hold. */
export const runFiles = {
  journal: 'journal.json',
  samples: 'samples.ndjson',
  report: 'report.html',
} as const;

/** Has a file written beside its place and put there when it is whole; where that fails, as on a full disk, nothing of it is left. */
async function putWhole(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    await write(unfinished);
    await rename(unfinished, file);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw thrown;
  }
}

/** Writes a file whole or not at all. */
export const writeWhole = (file: string, text: string): Promise<void> =>
  putWhole(file, (unfinished) => writeFile(unfinished, text));

/** Keeps a run in a folder: observations as they come, and in the end `samples.ndjson` and `journal.json`. */
export function createFileRunStore(folder: string, onJournal: (journal: Journal) => void): RunStore {
  const parts = join(folder, '.observations');
  const entries = new Map<string, RunEntry>();
  let input = '';
  let samples: Awaited<ReturnType<RunStore['saveSamples']>> | undefined;
  /** The journal is written and the parts are gone: a step that is repeated finds all of them in the one file. */
  let concluded = false;
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

  /** A part holds a slice, a minute at most. Lines end with a line feed alone: texts may hold other separators (U+2028). */
  const linesOf = async (file: string) =>
    (await readFile(file, 'utf8')).split('\n').filter((text) => text !== '');

  return {
    saveInput: async (_runId, text) => {
      input = text;
    },
    loadInput: async () => input,
    record: async (_runId, key, entry) => {
      entries.delete(key);
      entries.set(key, entry);
    },
    // Of the same instant, as they were written: sorting is stable.
    entries: async () => [...entries.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    saveObservations: async (_runId, key, observations) => {
      await mkdir(dirname(partFile(key)), { recursive: true });
      await writeWhole(partFile(key), observations.map((one) => `${JSON.stringify(one)}\n`).join(''));
    },
    observations: async function* (_runId, prefix = '') {
      const files = concluded ? [join(folder, runFiles.samples)] : (await keys(prefix)).map(partFile);
      for (const file of files) for (const text of await linesOf(file)) yield line.parse(text);
    },
    saveSamples: async () => {
      if (concluded && samples !== undefined) return samples;
      const hash = createHash('sha256');
      let count = 0;
      async function* lines() {
        for (const key of await keys('')) {
          for (const text of await linesOf(partFile(key))) {
            hash.update(`${text}\n`);
            count += 1;
            yield `${text}\n`;
          }
        }
      }
      await putWhole(join(folder, runFiles.samples), (unfinished) =>
        pipeline(lines, createWriteStream(unfinished)),
      );
      samples = { file: runFiles.samples, sha256: hash.digest('hex'), count };
      return samples;
    },
    saveJournal: async (journal) => {
      await writeWhole(join(folder, runFiles.journal), `${JSON.stringify(journal, null, 2)}\n`);
      concluded = samples !== undefined;
      await rm(parts, { recursive: true, force: true });
      onJournal(journal);
    },
  };
}
