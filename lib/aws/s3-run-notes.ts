import type { S3Client } from '@aws-sdk/client-s3';
import type { RunStore } from '../run/ports.ts';
import { type Observation, observationSchema } from '../steady-state/observation.ts';
import { createS3Objects } from './s3-objects.ts';

const json = 'application/json';
const ndjson = 'application/x-ndjson';

/** Where an object of a run lies. */
export const runObject = (runId: string, path: string): string => `runs/${runId}/${path}`;

/** What steps write down as a run goes on, and the reading of what its probes saw: all that most functions need of a run's store. */
export function createS3RunNotes(options: {
  readonly s3: S3Client;
  readonly bucket: string;
}): Pick<RunStore, 'loadInput' | 'observations' | 'record' | 'saveInput' | 'saveObservations'> {
  const objects = createS3Objects(options.s3, options.bucket);
  return {
    saveInput: (runId, input) => objects.write(runObject(runId, 'input.json'), input, json),

    loadInput: (runId) => objects.read(runObject(runId, 'input.json')),

    record: (runId, key, entry) =>
      objects.write(runObject(runId, `entries/${key}.json`), JSON.stringify(entry), json),

    saveObservations: (runId, key, several) =>
      objects.write(
        runObject(runId, `observations/${key}.ndjson`),
        several.map((observation) => `${JSON.stringify(observation)}\n`).join(''),
        ndjson,
      ),

    observations: async function* (runId, prefix = ''): AsyncGenerator<Observation> {
      for await (const key of objects.keys(runObject(runId, `observations/${prefix}`))) {
        for (const line of (await objects.read(key)).split('\n')) {
          if (line !== '') yield observationSchema.parse(JSON.parse(line));
        }
      }
    },
  };
}
