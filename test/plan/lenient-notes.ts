import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planTargetOfLab } from '../../lib/plan/lab-target.ts';
import { lenientIn } from '../../lib/plan/lenient.ts';
import { slowDatabase, staging } from './examples.ts';

export const environment = {
  ...staging,
  services: {
    ...staging.services,
    shop: { ...staging.services.shop, uses: ['database', 'help'] },
    help: {
      url: 'https://help.example.com',
      tags: { Service: 'help' },
      ecs: { cluster: 'staging', service: 'help' },
    },
    other: { url: 'https://other.example.com' },
    orders: { tags: { Service: 'orders' }, has: ['aws:rds:cluster'] },
    zone: { tags: { Service: 'zone' }, has: ['aws:ec2:subnet'] },
    checkout: {
      url: 'https://checkout.example.com',
      tags: { Service: 'checkout' },
      has: ['aws:lambda:function'],
      faultConfiguration: 'arn:aws:s3:::faults/checkout/',
    },
  },
} satisfies EnvironmentDefinition;

const lab = {
  id: 'shop',
  pace: 0.05,
  services: {
    shop: { command: ['node', 'shop.ts'], replicas: 2, uses: ['database'] },
    database: { postgres: {} },
  },
  metrics: { errors: { sql: 'select 1', service: 'database' } },
  guards: { shopErrors: { metric: 'errors', above: 1 } },
} satisfies LabDefinition;

export const inStaging = planTargetOfEnvironment(environment, environmentSchema.parse(environment));
export const inLab = planTargetOfLab(lab, labSchema.parse(lab));

export const http = { service: 'shop', path: '/products' };
export const products = { http, tolerances: { p95: { below: '250ms' } } } as const;
export const freshness = {
  http: { ...http, ageOf: '$.readAt' },
  tolerances: { age: { below: '5s' } },
} as const;

/** What is noted of a steady state that notices a slow database, once it is changed. */
export const notes = (changes: Partial<ExperimentDefinition>, target = inStaging) =>
  lenientIn(
    experimentSchema.parse({ ...slowDatabase, steadyState: { products, freshness }, ...changes }),
    target,
  );

export const codes = (changes: Partial<ExperimentDefinition>, target = inStaging) =>
  notes(changes, target).map(({ code }) => code);

export const fault = (
  selected: string,
  action: 'aws:ecs:stop-task' | 'aws:rds:failover-db-cluster' = 'aws:ecs:stop-task',
) =>
  ({ faults: { fail: { action, selector: { service: selected } } } }) satisfies Partial<ExperimentDefinition>;
