import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { classes } from './classes.ts';
import { runOne } from './run-one.ts';

/** The runs that a worker is to do. */
export const workSchema = z.array(z.object({ class: z.string(), seed: z.number().int() }));

for (const { class: name, seed } of workSchema.parse(workerData)) {
  const kind = classes.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`there is no class '${name}'`);
  parentPort?.postMessage(await runOne(kind, seed));
}
