import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { play } from './play.ts';
import type { Share, Told } from './run-all.ts';

// Handed over by the same process, as it is.
const { machines, items } = z
  .custom<Share>(
    (data) => z.object({ machines: z.unknown(), items: z.array(z.unknown()) }).safeParse(data).success,
  )
  .parse(workerData);

for (const { number, one, independentStop, usualSamples } of items) {
  const outcome = await play(machines, one, { independentStop, usualSamples });
  const told: Told = { number, independentStop, ...outcome, trace: [] };
  parentPort?.postMessage(told);
}
