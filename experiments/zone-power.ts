import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'zone-power',
  title: 'The shop survives a zone without power',
  description:
    'Everything in one Availability Zone fails together: instances stop, the network is gone, the database and the cache fail over. ' +
    'It teaches whether there is room in the other zones before it is needed, and what quietly had only one zone all the time.',
  owner: 'team-shop',
  hypothesis:
    'If eu-west-1a loses its power, the shop goes on in the other zones, and products are at most a minute old.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    freshness: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      tolerances: { age: { below: '1m' } },
    },
  },
  faults: {
    instances: {
      action: 'aws:ec2:stop-instances',
      selector: { service: 'workers', availabilityZone: 'eu-west-1a' },
      parameters: { completeIfTerminated: true },
    },
    network: {
      action: 'aws:network:disrupt-connectivity',
      selector: { service: 'network', availabilityZone: 'eu-west-1a' },
      parameters: { scope: 'all' },
    },
    database: {
      action: 'aws:rds:failover-db-cluster',
      selector: { service: 'database', availabilityZone: 'eu-west-1a' },
    },
    cache: {
      action: 'aws:elasticache:replicationgroup-interrupt-az-power',
      selector: { service: 'cache', availabilityZone: 'eu-west-1a' },
    },
  },
  stages: [{ share: '100%', duration: '20m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '10m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
