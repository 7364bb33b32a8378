import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstProject } from '../../lib/cli/init/first-project.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { LabDefinition } from '../../lib/experiment/lab.ts';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';

/** The experiment that `steadfast init` writes, as data; each test changes what it is about. */
export const slowNames = {
  id: 'slow-names',
  title: 'Greetings come at once though names are slow',
  owner: 'my-team',
  hypothesis: 'If names come late, greetings still come at once.',
  baseline: '1m',
  steadyState: {
    greeting: {
      http: { service: 'greeter', path: '/', ageOf: '$.nameReadAt' },
      rate: '20/s',
      // Wide: what these tests are about must not depend on how busy the machine is.
      tolerances: { p50: { below: '1s' }, errorRate: { below: '20%' } },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'greeter' },
      parameters: { delay: '400ms', jitter: '0ms', to: ['names'] },
    },
  },
  stages: [{ share: 'one', duration: '1m' }],
  recovery: { within: '10%', atLeast: { latency: '500ms', rate: '10%' }, objective: '1m' },
  lab: 'greetings',
} as const satisfies ExperimentDefinition;

/** Its lab: a minute is played in two seconds. */
export const greetings = {
  id: 'greetings',
  pace: 1 / 30,
  services: {
    greeter: {
      command: ['node', 'greetings/greeter.mjs'],
      env: { PORT: '{port}', NAMES_URL: '{names.url}' },
      health: { path: '/health' },
      tags: { Service: 'greeter' },
      uses: ['names'],
    },
    names: { command: ['node', 'greetings/names.mjs'], env: { PORT: '{port}' }, health: { path: '/health' } },
  },
  metrics: { failures: { http: { service: 'greeter', path: '/failures', numberOf: '$.lastSeconds' } } },
  guards: { greeterFailures: { metric: 'failures', above: 10, for: '2s' } },
} as const satisfies LabDefinition;

/** Their files, with what is given in place of either. */
export const greetingsProject = (
  given: { readonly experiment?: unknown; readonly lab?: unknown } = {},
): Record<string, unknown> => ({
  'experiments/slow-names.json': given.experiment ?? slowNames,
  'experiments/labs/greetings.json': given.lab ?? greetings,
  ...Object.fromEntries(Object.entries(firstProject).filter(([name]) => name.endsWith('.mjs'))),
});

/** The journal that a run left in a folder. */
export const journalIn = (folder: string): Journal =>
  journalSchema.parse(JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')));
