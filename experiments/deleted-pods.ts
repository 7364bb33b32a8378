import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'deleted-pods',
  title: 'Pods may go at any time',
  description:
    'Kubernetes deletes pods every day: nodes are drained, versions are rolled out. This does it while somebody looks. ' +
    'It teaches whether readiness probes tell the truth, whether requests in flight are finished, and whether a disruption budget keeps enough of them.',
  owner: 'team-shop',
  hypothesis:
    'If half of the pods of the recommendations are deleted at once, products come with recommendations or without, and in time.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    recommendations: {
      http: { service: 'shop', path: '/recommendations' },
      tolerances: { p95: { below: '500ms' }, errorRate: { below: '5%' } },
    },
  },
  faults: {
    delete: {
      action: 'aws:eks:pod-delete',
      selector: { service: 'recommendations' },
      parameters: { grace: '0s' },
    },
  },
  stages: [
    { share: 'one', duration: '4m' },
    { share: '50%', duration: '4m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '3m' },
  lab: 'market',
  environments: { staging: {} },
});
