import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'cache-without-zone',
  title: 'Nobody misses half of a cache',
  description:
    'The nodes of the cache in one zone lose their power, and their replicas take over. ' +
    'It teaches whether clients follow the failover, and whether the database carries what the cache no longer does until it is warm.',
  owner: 'team-shop',
  hypothesis:
    'If the cache loses its nodes in eu-west-1a, products still come in time and at most three seconds old.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    freshness: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      tolerances: { age: { below: '3s', missedFor: '10s' } },
    },
  },
  faults: {
    cache: {
      action: 'aws:elasticache:replicationgroup-interrupt-az-power',
      selector: { service: 'cache', availabilityZone: 'eu-west-1a' },
    },
  },
  stages: [{ share: '100%', duration: '10m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '5m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
