import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  description:
    'The catalogue answers from its cache and reads anew in the background. A database that is half a second late must show in ' +
    'nothing but the age of what is served, and even that must stay within three seconds.',
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
    { share: 'one', duration: '2m' },
    { share: '100%', duration: '3m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '1m' },
  lab: 'shop',
  environments: {
    sandbox: {},
    staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin' },
    production: {},
  },
});
