import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'slow-checkout',
  title: 'A late function is waited for, and no longer than that',
  description:
    'Invocations start two seconds late, as after a deployment that made every container cold. ' +
    'It teaches whether callers wait within a time-out of their own, and whether what is queued behind them is worked off once the functions are fast again.',
  owner: 'team-shop',
  hypothesis:
    'If invocations of the checkout start two seconds late, customers wait at most three, and nothing else is slow.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    checkout: {
      http: { service: 'shop', path: '/checkout/health' },
      timeout: '5s',
      tolerances: { p95: { below: '3s' }, errorRate: { below: '1%' } },
    },
  },
  faults: {
    late: {
      action: 'aws:lambda:invocation-add-delay',
      selector: { service: 'checkout' },
      parameters: { delay: '2s' },
    },
  },
  stages: [
    { share: { of: 'traffic', share: '10%' }, duration: '5m' },
    { share: { of: 'traffic', share: '50%' }, duration: '5m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '3m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
