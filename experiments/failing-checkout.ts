import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'failing-checkout',
  title: 'A failing function loses no order',
  description:
    'A share of the invocations fails before the code runs. ' +
    'It teaches whether they are tried again, whether what still fails ends in a queue that somebody reads, and whether a customer sees a sentence instead of an error.',
  owner: 'team-shop',
  hypothesis:
    'If one in ten invocations of the checkout fails, each order is still taken, and none is taken twice.',
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
      tolerances: { errorRate: { below: '2%' } },
    },
    unpaid: { metric: 'ordersInDeadLetters', tolerances: { value: { below: 1 } }, every: '1m', delay: '2m' },
  },
  faults: {
    fail: {
      action: 'aws:lambda:invocation-error',
      selector: { service: 'checkout' },
      parameters: { preventExecution: true },
    },
  },
  stages: [{ share: { of: 'traffic', share: '10%' }, duration: '8m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '3m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
