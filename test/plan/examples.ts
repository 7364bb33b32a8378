import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import type { PlanTarget } from '../../lib/plan/plan-target.ts';
import { problemsOf } from '../../lib/plan/problems.ts';

/** An experiment that every example target can run; each test changes what it is about. */
export const slowDatabase = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  steadyState: {
    products: { http: { service: 'shop', path: '/products' }, tolerances: { p95: { below: '250ms' } } },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', to: ['database'] },
    },
  },
  stages: [
    { share: 'one', duration: '2m' },
    { share: '50%', duration: '3m' },
    { share: '100%', duration: '5m' },
  ],
  guards: ['shopErrors'],
  recovery: { objective: '60s' },
  lab: 'shop',
  environments: { staging: {}, production: {} },
} as const satisfies ExperimentDefinition;

/** The same, with tasks stopped instead. */
export const stopTasks = {
  ...slowDatabase,
  id: 'stop-tasks',
  faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
} as const satisfies ExperimentDefinition;

export const staging = {
  id: 'staging',
  account: '111111111111',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'staging' },
  production: false,
  services: {
    shop: {
      url: 'https://shop.example.com',
      host: 'shop.example.com',
      tags: { Service: 'shop' },
      ecs: { cluster: 'staging', service: 'shop' },
    },
    database: { host: 'database.example.com' },
  },
  metrics: { errorRate: { namespace: 'Shop', name: 'ErrorRate', statistic: 'Average' } },
  guards: { shopErrors: { metric: 'errorRate', above: 20, for: '2m', watches: 'production' } },
  owns: { clusters: ['staging'] },
} as const satisfies EnvironmentDefinition;

export const shopLab = {
  id: 'shop',
  pace: 0.03,
  services: {
    shop: { command: ['node', 'shop.ts'], tags: { Service: 'shop' }, uses: ['database'] },
    database: { postgres: {} },
  },
  metrics: { errorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errors' } } },
  guards: { shopErrors: { metric: 'errorRate', above: 0.2 } },
} as const satisfies LabDefinition;

export const environmentTarget = (definition: EnvironmentDefinition = staging): PlanTarget =>
  planTargetOfEnvironment(definition, environmentSchema.parse(definition));

export const labTarget = (definition: LabDefinition = shopLab): PlanTarget =>
  planTargetOfLab(definition, labSchema.parse(definition));

export const planOf = (
  definition: ExperimentDefinition = slowDatabase,
  target: PlanTarget = environmentTarget(),
  urls?: Readonly<Record<string, string>>,
) =>
  planExperiment({
    definition,
    experiment: experimentSchema.parse(definition),
    target,
    seed: 7,
    templateId: (stage) => `EXT${stage}`,
    ...(urls === undefined ? {} : { urls }),
  });

/** The problems as `code path`, which is what tests compare. */
export const problemsIn = (
  definition: ExperimentDefinition,
  target: PlanTarget = environmentTarget(),
): string[] =>
  problemsOf(experimentSchema.parse(definition), target).map(({ code, path }) => `${code} ${path.join('.')}`);
