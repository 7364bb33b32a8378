import type { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { type Figures, gatherFigures } from '../../game-day/figures.ts';
import type { FiguresOf } from '../../game-day/show.ts';
import { experimentSchemaOfRuns } from '../../plan/run-facts.ts';
import { jsonText } from '../../run/json-text.ts';
import { type Observation, observationSchema } from '../../steady-state/observation.ts';
import { createS3Objects } from '../s3-objects.ts';
import { runObject } from '../s3-run-notes.ts';

/** So many objects are read at the same time. */
const atOnce = 20;

/** As much of a run's input as figures need. */
const inputSchema = z.pipe(
  jsonText,
  z.object({ experiment: experimentSchemaOfRuns, leastRatePerSecond: z.number() }),
);

interface ReadRun {
  readonly runId: string;
  readonly figures: Figures;
  /** The objects of its observations that have been read: none is written again with anything else. */
  readonly read: Set<string>;
}

/** What the probes of a run have seen so far, of what its steps have written down. A function looks at one run for a while, and remembers it. */
export function createAwsFigures(options: { readonly s3: S3Client; readonly bucket: string }): FiguresOf {
  const objects = createS3Objects(options.s3, options.bucket);
  let known: ReadRun | undefined;

  const open = async (runId: string): Promise<ReadRun> => {
    if (known?.runId === runId) return known;
    const { experiment, leastRatePerSecond } = inputSchema.parse(
      await objects.read(runObject(runId, 'input.json')),
    );
    known = { runId, figures: gatherFigures(experiment, leastRatePerSecond), read: new Set() };
    return known;
  };

  return async (runId) => {
    const { figures, read } = await open(runId);
    const unread: string[] = [];
    for await (const key of objects.keys(runObject(runId, 'observations/')))
      if (!read.has(key)) unread.push(key);
    for (let index = 0; index < unread.length; index += atOnce) {
      const keys = unread.slice(index, index + atOnce);
      const texts = await Promise.all(keys.map((key) => objects.read(key)));
      // They are in the order of their keys, which is that of the run.
      for (const text of texts) figures.add(observationsIn(text));
      for (const key of keys) read.add(key);
    }
    return figures.aggregates();
  };
}

const observationsIn = (text: string): readonly Observation[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => observationSchema.parse(jsonText.parse(line)));
