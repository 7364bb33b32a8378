import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'paused-replication',
  title: 'Two Regions that no longer tell each other',
  description:
    'The replication of the global table of orders pauses. Both Regions go on, each with its own truth. ' +
    'It teaches whether anything reads in one Region what was written in the other a moment ago, and how long it takes until both agree again.',
  owner: 'team-shop',
  hypothesis:
    'If the replication of orders pauses, each Region goes on taking orders, and both agree within five minutes after it.',
  baseline: '5m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    replication: {
      metric: 'orderReplicationLag',
      every: '1m',
      delay: '2m',
      // In seconds. As an age it would have to grow before it is missed, and no rehearsal is so long.
      tolerances: { value: { below: 900 } },
    },
  },
  faults: {
    pause: { action: 'aws:dynamodb:global-table-pause-replication', selector: { service: 'orders' } },
  },
  stages: [{ share: '100%', duration: '10m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '5m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
