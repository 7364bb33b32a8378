import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { asJson } from '../../lib/plan/canonical-json.ts';
import type { RunnerInputDocument } from '../../lib/plan/runner-input.ts';
import { readInput } from './read-input.ts';

/** A stage of a lab that slows the shop for so long. */
export const labStage = (label: string, durationMs: number): RunnerInputDocument['stages'][number] => ({
  label,
  templateId: `EXT-${label}`,
  durationMs,
  templateMs: durationMs,
  faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: {} }],
});

/** The runner's input for a definition, in a lab without pace. */
export const labInput = (
  definition: ExperimentDefinition,
  stages: RunnerInputDocument['stages'],
): RunnerInputDocument => ({
  schemaVersion: 1,
  mode: 'rehearsal',
  hash: 'a'.repeat(64),
  definition: asJson(definition),
  ...readInput(definition),
  environment: { id: 'lab', production: false, tag: { key: 'Env', value: 'lab' } },
  pace: 1,
  leastRatePerSecond: 0,
  seed: 1,
  stages,
  touches: ['shop'],
  selects: [{ fault: 'slow', resourceType: 'aws:ecs:task', tags: { Env: 'lab', Service: 'shop' } }],
  services: { shop: { url: 'http://127.0.0.1:1' } },
  metrics: {},
  guards: { shopErrors: { alarm: 'shopErrors' } },
  secrets: {},
  functions: {},
  documents: {},
  owns: {},
  untouchable: [],
  limits: { targets: 10, runs: 1 },
  blackouts: [],
});
