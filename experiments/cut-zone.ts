import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'cut-zone',
  title: 'A zone that is cut off stops answering',
  description:
    'The subnets of one zone reach no other zone. What runs there is well, and knows nothing of the rest. ' +
    'It teaches whether such a zone is taken out of service, or goes on answering with what it cannot know.',
  owner: 'team-shop',
  hypothesis:
    'If eu-west-1a is cut off from the other zones, customers are served from those, with fresh products.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    freshness: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      tolerances: { age: { below: '5s' } },
    },
  },
  faults: {
    cut: {
      action: 'aws:network:disrupt-connectivity',
      selector: { service: 'network', availabilityZone: 'eu-west-1a' },
      parameters: { scope: 'availability-zone' },
    },
  },
  stages: [{ share: '100%', duration: '10m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '5m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
