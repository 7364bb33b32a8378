import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import {
  type RunnerInput,
  type RunnerInputDocument,
  runnerInputSchema,
} from '../../lib/plan/runner-input.ts';
import { readInput } from './read-input.ts';

/** A task of the staging cluster. */
export const taskArn = (id: string, cluster = 'shop-staging', account = '111122223333') =>
  `arn:aws:ecs:eu-west-1:${account}:task/${cluster}/${id}`;

export const alarmArn = (name: string) => `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`;

export const slowDatabase = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  baseline: '30s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '10/s',
      tolerances: { p95: { below: '250ms', missedFor: '5s' }, errorRate: { below: '1%' } },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', to: ['database'] },
    },
  },
  stages: [{ share: '100%', duration: '2m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '60s' },
  environments: { staging: {} },
} satisfies ExperimentDefinition;

/** What the plan gives the runner for an experiment of one fault, `slow`, in staging. */
const runnerInputDocument = (changes: Partial<RunnerInputDocument> = {}): RunnerInputDocument => ({
  schemaVersion: 1,
  mode: 'aws',
  hash: 'a'.repeat(64),
  definition: slowDatabase,
  ...readInput(changes.definition ?? slowDatabase),
  environment: {
    id: 'staging',
    production: false,
    tag: { key: 'Env', value: 'staging' },
    account: '111122223333',
    region: 'eu-west-1',
  },
  pace: 1,
  leastRatePerSecond: 0,
  seed: 1,
  stages: [
    {
      label: '100%',
      templateId: 'EXT1',
      durationMs: 120_000,
      templateMs: 120_000,
      faults: [
        {
          name: 'slow',
          action: 'aws:ecs:task-network-latency',
          parameters: { delayMilliseconds: '500', duration: 'PT2M' },
        },
      ],
    },
  ],
  touches: ['shop'],
  selects: [{ fault: 'slow', resourceType: 'aws:ecs:task', tags: { Env: 'staging', Service: 'shop' } }],
  services: { shop: { url: 'https://shop.staging.example.com' } },
  metrics: {},
  guards: { shopErrors: { alarm: alarmArn('shop-errors') } },
  secrets: {},
  functions: {},
  documents: {},
  owns: { clusters: ['shop-staging'] },
  untouchable: [],
  limits: { targets: 10, runs: 2 },
  blackouts: [],
  ...changes,
});

/** The same, read. */
export const runnerInput = (changes: Partial<RunnerInputDocument> = {}): RunnerInput =>
  runnerInputSchema.parse(runnerInputDocument(changes));
