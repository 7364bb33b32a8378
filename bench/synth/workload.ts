import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';

const account = '111111111111';
const services = 20;
const experimentsPerOwner = 25;

const each = <V>(count: number, one: (index: number) => V) =>
  Array.from({ length: count }, (_, index) => one(index));

/** An environment of a company with twenty services, each with metrics of its own. */
export const environment: EnvironmentDefinition = {
  id: 'staging',
  account,
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'staging' },
  production: false,
  services: Object.fromEntries(
    each(services, (index) => [
      `service${index}`,
      {
        url: `https://service-${index}.staging.example.com`,
        host: `service-${index}.staging.example.com`,
        tags: { Service: `service-${index}` },
        ecs: { cluster: 'staging', service: `service-${index}` },
      },
    ]),
  ),
  metrics: Object.fromEntries(
    each(services, (index) => [
      `errors${index}`,
      {
        namespace: 'Company',
        name: 'ErrorRate',
        dimensions: { service: `service-${index}` },
        statistic: 'Average' as const,
      },
    ]),
  ),
  guards: {
    errors: { metric: 'errors0', above: 5, for: '2m', watches: 'production' },
    checkout: { alarm: 'company-checkout', watches: 'production' },
  },
  owns: { clusters: ['staging'] },
  limits: { targets: 20, runs: 3 },
};

const faults = (service: string, neighbour: string): readonly ExperimentDefinition['faults'][] => [
  {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service },
      parameters: { delay: '500ms', to: [neighbour] },
    },
  },
  { stop: { action: 'aws:ecs:stop-task', selector: { service } } },
  { stopInstances: { action: 'aws:ec2:stop-instances', selector: { service } } },
  { failOver: { action: 'aws:rds:failover-db-cluster', selector: { service } } },
];

/** So many experiments of one stage, each scheduled, as teams write them: of four kinds of faults, 25 to an owner. */
export const definitions = (count: number): ExperimentDefinition[] =>
  each(count, (index) => {
    const service = `service${index % services}`;
    const kinds = faults(service, `service${(index + 1) % services}`);
    return {
      id: `experiment-${index}`,
      title: `A fault of ${service} is not seen by those who use it (${index})`,
      owner: `team-${Math.floor(index / experimentsPerOwner)}`,
      description: 'What it teaches, for someone who meets it for the first time, in a sentence or two.',
      hypothesis: `If ${service} is struck, answers still come at once, and none of them is wrong.`,
      steadyState: {
        answers: {
          http: { service, path: '/health/deep', ageOf: '$.readAt' },
          rate: '20/s',
          tolerances: {
            p95: { below: '250ms', missedFor: '5s' },
            errorRate: { below: '1%' },
            age: { below: '5s' },
          },
        },
        errors: { metric: `errors${index % services}`, tolerances: { value: { below: 5 } } },
      },
      faults: kinds[index % kinds.length] ?? {},
      stages: [{ share: 'one', duration: '5m' }],
      recovery: { within: '10%', objective: '2m' },
      environments: {
        staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin', flexibleWindow: '15m' },
      },
    };
  });
