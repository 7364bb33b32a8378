import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { RunEntry } from '../run/entries.ts';
import { runEntrySchema } from '../run/entries.ts';
import type { RunStore } from '../run/ports.ts';
import { createS3Objects } from './s3-objects.ts';
import { runObject as at, createS3RunNotes } from './s3-run-notes.ts';
import { uploadStream } from './s3-upload.ts';

const json = 'application/json';
const ndjson = 'application/x-ndjson';

/** How many entries are read at once. */
const readsAtOnce = 16;

/** Observations are handed on in pieces of about this many characters, so that hashing and sending do not go line by line. */
const pieceLength = 64 * 1_024;

/**
 * What is kept of runs, in S3 (`runs/<runId>/`).
 *
 * | object | holds |
 * | --- | --- |
 * | `input.json` | the runner's input |
 * | `entries/<key>.json` | one thing that a step wrote down |
 * | `observations/<key>.ndjson` | what the probes saw in one slice |
 * | `samples.ndjson` | all of it, in the order of the keys |
 * | `journal.json` | the run's record |
 * | `report.html` | the same as a page; a function of its own writes it once the verdict has been told |
 */
export function createS3RunStore(options: { readonly s3: S3Client; readonly bucket: string }): RunStore {
  const { s3, bucket } = options;
  const objects = createS3Objects(s3, bucket);
  const notes = createS3RunNotes({ s3, bucket });

  return {
    saveInput: notes.saveInput,
    loadInput: notes.loadInput,
    record: notes.record,
    saveObservations: notes.saveObservations,
    observations: notes.observations,

    entries: async (runId) => {
      const keys: string[] = [];
      for await (const key of objects.keys(at(runId, 'entries/'))) keys.push(key);
      const entries: RunEntry[] = [];
      for (let from = 0; from < keys.length; from += readsAtOnce) {
        const texts = await Promise.all(keys.slice(from, from + readsAtOnce).map((key) => objects.read(key)));
        entries.push(...texts.map((text) => runEntrySchema.parse(JSON.parse(text))));
      }
      // Of the same instant, the order of the keys: sorting is stable.
      return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    },

    saveSamples: async (runId) => {
      const hash = createHash('sha256');
      let count = 0;
      async function* pieces(): AsyncGenerator<string> {
        let piece = '';
        const take = () => {
          const taken = piece;
          piece = '';
          hash.update(taken);
          return taken;
        };
        for await (const observation of notes.observations(runId)) {
          count += 1;
          piece += `${JSON.stringify(observation)}\n`;
          if (piece.length >= pieceLength) yield take();
        }
        yield take();
      }
      await uploadStream(s3, { bucket, key: at(runId, 'samples.ndjson'), contentType: ndjson }, pieces());
      return { file: 'samples.ndjson', sha256: hash.digest('hex'), count };
    },

    saveJournal: async (journal) => {
      await objects.write(at(journal.runId, 'journal.json'), `${JSON.stringify(journal, null, 2)}\n`, json);
    },
  };
}
