import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'broad-selector',
  title: "Half of staging's shop may stop, and nothing of production's",
  description:
    'The tag that tells services apart is the same in staging and in production: `Service: product-service` selects the tasks of both. ' +
    "Steadfast adds the environment's own tag to every selector, so that a selector by service stays in its environment. That is not enough " +
    'where somebody has put the wrong tag on a task, and here one of production wears the tag of staging. So admission also holds ' +
    'every task that the selector can match, not only those that would be drawn, against what the environment declares that it owns; ' +
    'one that lies outside ends the run before anything is touched. This experiment is here to be rejected. To mend it, give the task ' +
    'the tag of its own environment; what an environment owns is the second lock, not a substitute for the first.',
  owner: 'team-shop',
  hypothesis: 'If half of the tasks of the shop in staging stop, those that are left answer in time.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
  },
  faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
  stages: [
    { share: 'one', duration: '2m' },
    { share: '50%', duration: '2m' },
  ],
  guards: ['shopErrors', 'productionErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '1m' },
  lab: 'beside-production',
});
