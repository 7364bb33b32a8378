import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addEnvironment, createApp, standInHandlers } from './app.ts';
import { type Measurement, resourcesIn } from './measurement.ts';
import { addPlainStacks } from './plain.ts';
import { definitions } from './workload.ts';
import { writtenByHand } from './written.ts';

/**
 * Synthesizes once and ends: `node bench/synth/child.ts steadfast|plain COUNT`. Writes a `Measurement`. Modules
 * are loaded before the clock starts, on both sides.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [side, count] = positionals;
const folder = mkdtempSync(join(tmpdir(), 'steadfast-bench-synth-'));
try {
  const handlers = standInHandlers(folder);
  const experiments = definitions(Number(count));
  const written = side === 'plain' ? experiments.map(writtenByHand) : [];
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const app = createApp(folder);
  // Core, runner and the fence are the same on both sides.
  addEnvironment(app, side === 'plain' ? [] : experiments, handlers);
  addPlainStacks(app, written);
  const { stacks } = app.synth();
  const endMs = performance.now();
  const { user, system } = process.cpuUsage(startCpu);
  const rssMb = process.resourceUsage().maxRSS / 1_024;
  const ofExperiments = stacks.filter(({ stackName }) => stackName.includes('-experiments-'));
  const resources = ofExperiments
    .map(({ template }) => resourcesIn(template))
    .reduce((sum, one) => sum + one, 0);
  const measurement: Measurement = {
    ms: endMs - startMs,
    cpuMs: (user + system) / 1_000,
    rssMb,
    stacks: ofExperiments.length,
    resources,
  };
  process.stdout.write(JSON.stringify(measurement));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
