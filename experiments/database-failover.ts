import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'database-failover',
  title: 'A failover costs a minute, not an evening',
  description:
    'The writer of the Aurora cluster fails over. The name of the database leads to another machine within seconds; what is slow is everything that holds on to the old one. ' +
    'It teaches whether pools drop dead connections, whether the name is looked up again, and whether anything must be restarted by hand.',
  owner: 'team-shop',
  hypothesis:
    'If the database fails over, products come all the time from the cache, and orders can be placed again within a minute.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    orders: {
      http: { service: 'shop', path: '/orders/health' },
      tolerances: { errorRate: { below: '50%', missedFor: '1m' } },
    },
  },
  faults: {
    failover: { action: 'aws:rds:failover-db-cluster', selector: { service: 'database' } },
  },
  stages: [{ share: '100%', duration: '10m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '3m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
