import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { bundleHandlers } from '../lib/cdk/bundle-handlers.ts';
import { bundleNames } from '../lib/cdk/handler-bundles.ts';
import { type Benchmark, median, rounded } from './benchmark.ts';
import { observing } from './bundles/observing.ts';
import { runNode } from './run-process.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const child = fileURLToPath(new URL('bundles/child.ts', import.meta.url));
const runs = 7;

const loadedSchema = z.object({ ms: z.number(), peakRssMb: z.number() });

/** How large each function's bundle is, how long Node takes to load it, and what observing needs of the processor and memory. */
export const bundles: Benchmark = {
  name: 'bundles',
  title: 'how large the functions are, how long they take to load, and what observing needs',
  run: async (tell) => {
    // Inside the project, where the AWS SDK is found that Lambda's runtime has and a bundle leaves out.
    mkdirSync(join(home, '.steadfast'), { recursive: true });
    const outDir = mkdtempSync(join(home, '.steadfast', 'bench-bundles-'));
    try {
      const made = bundleHandlers({ folder: join(home, 'lambdas'), outDir });
      const bare: number[] = [];
      const results = [];
      for (const name of bundleNames) {
        const file = join(made[name], 'index.mjs');
        const loads: z.output<typeof loadedSchema>[] = [];
        for (let run = 0; run < runs; run += 1) {
          bare.push((await runNode(['--eval', '0'])).ms);
          loads.push(loadedSchema.parse(JSON.parse((await runNode([child, file])).stdout)));
        }
        const bytes = statSync(file).size;
        tell(`${name}: ${bytes} bytes`);
        results.push({
          name,
          bytes,
          importMs: rounded(median(loads.map(({ ms }) => ms))),
          peakRssMb: rounded(Math.max(...loads.map(({ peakRssMb }) => peakRssMb))),
        });
      }
      tell('observing');
      const observed = [];
      for (const perSecond of [20, 50, 200]) observed.push(await observing(perSecond));
      return {
        bundles: results,
        largestBytes: Math.max(...results.map(({ bytes }) => bytes)),
        bareNodeMs: rounded(median(bare)),
        observing: observed,
        runs,
      };
    } finally {
      rmSync(outDir, { recursive: true, force: true });
    }
  },
};
