import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'stale-cache',
  title: 'A cache may not hide an outage behind old data',
  description:
    'The same fault against a shop that gives the database 300 ms and otherwise serves what it has. Latency and status look fine ' +
    'all the time; only a probe that asks how old the answer is can see that nothing is read any more.',
  owner: 'team-shop',
  hypothesis:
    'If the database answers 500 ms late, products still come at once and at most three seconds old.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    freshness: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      rate: '20/s',
      tolerances: { age: { below: '3s', missedFor: '2s' } },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', jitter: '0ms', to: ['database'] },
    },
  },
  stages: [
    { share: 'one', duration: '4m' },
    { share: '100%', duration: '3m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '1m' },
  lab: 'stale-shop',
  environments: { staging: {} },
});
