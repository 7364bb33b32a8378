import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import type { Problem } from '../../lib/experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import type { PlanTarget } from '../../lib/plan/plan-target.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import { withSet } from '../../lib/plan/variants.ts';

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

const inStaging = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:111111111111:${resource}`;

/** The same, with all that an environment can declare beside its tag, and an owned bucket. */
export const declaring = {
  ...staging,
  services: {
    ...staging.services,
    shop: {
      ...staging.services.shop,
      eks: {
        cluster: inStaging('eks', 'cluster/shop'),
        namespace: 'shop',
        pods: { label: 'app=shop' },
        serviceAccount: 'fis',
      },
      roles: ['arn:aws:iam::111111111111:role/shop', 'arn:aws:iam::111111111111:role/path/jobs'],
      resources: [
        inStaging('kinesis', 'stream/orders'),
        inStaging('dsql', 'cluster/abcdefghijklmnopqrstuvwxyz'),
        inStaging('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/shop'),
        inStaging('ec2', 'route-table/rtb-0a1b2c3d'),
        inStaging('ec2', 'vpc-endpoint/vpce-0a1b2c3d'),
        inStaging('dynamodb', 'table/orders'),
        'arn:aws:s3:::orders-staging',
      ],
      faultConfiguration: 'arn:aws:s3:::fault-configuration/shop/',
    },
  },
  documents: {
    cpuStress: { document: 'AWSFIS-Run-CPU-Stress' },
    cutTheCable: { document: 'cut-the-cable', role: 'cut-the-cable' },
  },
  buckets: { copies: 'orders-staging-copies' },
  prefixLists: { partners: 'pl-0a1b2c3d' },
  images: { fisPod: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/fis-pod:0.1' },
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
  set?: Readonly<Record<string, string>>,
) =>
  planExperiment({
    definition,
    experiment:
      set === undefined
        ? experimentSchema.parse(definition)
        : withSet(experimentSchema.parse(definition), set),
    ...(set === undefined ? {} : { set }),
    target,
    seed: 7,
    templateId: (stage) => `EXT${stage}`,
    ...(urls === undefined ? {} : { urls }),
  });

/** The problems as `code path`, which is what tests compare; notes are none. */
export const problemsIn = (
  definition: ExperimentDefinition,
  target: PlanTarget = environmentTarget(),
): string[] => toldOf(problemsOf(experimentSchema.parse(definition), target));

/** Problems as `code path`, but for notes. */
export const toldOf = (problems: readonly Problem[]): string[] =>
  problems.filter(({ severity }) => severity !== 'note').map(({ code, path }) => `${code} ${path.join('.')}`);
