import { createHash } from 'node:crypto';
import * as z from 'zod';
import { runEntrySchema } from '../../lib/run/entries.ts';
import type { Journal } from '../../lib/run/journal.ts';
import { jsonText } from '../../lib/run/json-text.ts';
import type { RunStore } from '../../lib/run/ports.ts';
import { type Observation, observationSchema } from '../../lib/steady-state/observation.ts';

const entryIn = z.pipe(jsonText, runEntrySchema);
const observationsIn = z.pipe(jsonText, z.array(observationSchema));

export interface FakeRunStore extends RunStore {
  readonly journals: readonly Journal[];
}

/** What is kept of runs, in memory, as text: what goes in comes out as JSON would give it back. */
export function createFakeRunStore(): FakeRunStore {
  const inputs = new Map<string, string>();
  const entries = new Map<string, string>();
  const parts = new Map<string, string>();
  const journals: Journal[] = [];

  const under = (map: ReadonlyMap<string, string>, prefix: string) =>
    [...map].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));

  async function* observations(runId: string, prefix = ''): AsyncGenerator<Observation> {
    for (const [, text] of under(parts, `${runId}/${prefix}`)) yield* observationsIn.parse(text);
  }

  return {
    journals,
    saveInput: async (runId, input) => void inputs.set(runId, input),
    loadInput: async (runId) => inputs.get(runId) ?? '',
    record: async (runId, key, entry) => void entries.set(`${runId}/${key}`, JSON.stringify(entry)),
    entries: async (runId) =>
      under(entries, `${runId}/`)
        .map(([, text]) => entryIn.parse(text))
        .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    saveObservations: async (runId, key, several) =>
      void parts.set(`${runId}/${key}`, JSON.stringify(several)),
    observations,
    saveSamples: async (runId) => {
      const hash = createHash('sha256');
      let count = 0;
      for await (const observation of observations(runId)) {
        hash.update(`${JSON.stringify(observation)}\n`);
        count += 1;
      }
      return { file: 'samples.ndjson', sha256: hash.digest('hex'), count };
    },
    saveJournal: async (journal) => void journals.push(structuredClone(journal)),
  };
}
