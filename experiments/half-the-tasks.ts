import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'half-the-tasks',
  title: 'Half of the shop may stop and nobody waits',
  description:
    'The first question about anything that runs more than once: do those that are left carry the load while the others are replaced? ' +
    'It teaches how long the load balancer goes on sending requests to a task that is gone, and whether the service is scaled for the day or for the failure.',
  owner: 'team-shop',
  hypothesis:
    'If half of the tasks of the shop stop, the others answer in time, and ECS replaces what is gone.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
  },
  faults: {
    stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } },
  },
  stages: [
    { share: 'one', duration: '4m' },
    { share: '50%', duration: '4m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '2m' },
  lab: 'shop',
  environments: { sandbox: {}, staging: {} },
});
