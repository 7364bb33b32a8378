import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'failing-payments',
  title: 'Orders are taken while payments fail, and paid afterwards',
  description:
    'Calls of the payment fail before its code runs: a tenth of them, half, then all. Orders queue meanwhile, and nobody who orders notices. ' +
    'It teaches whether a failed payment is tried again, with pauses, and how long the queue takes to drain once payments work again. ' +
    'Two probes look after the fault: one at the queue, one at the orders themselves, since an order that was taken out of the queue and ' +
    'never paid leaves a queue that looks well.',
  owner: 'team-shop',
  hypothesis:
    'If the payment service is away, orders go on being taken, and each of them is paid within five minutes of its return.',
  baseline: '2m',
  steadyState: {
    orders: {
      http: {
        service: 'shop',
        path: '/orders',
        method: 'POST',
        body: '{"basket":"practice"}',
        headers: { 'content-type': 'application/json' },
      },
      rate: '20/s',
      tolerances: { p95: { below: '500ms' }, errorRate: { below: '2%' } },
    },
    // In seconds. Both may grow for as long as the fault lasts; after it they must come down again.
    queue: {
      metric: 'orderQueueAge',
      delay: '1m',
      tolerances: { value: { below: 420, recovered: { below: 60 } } },
    },
    unpaid: {
      metric: 'oldestUnpaidOrder',
      delay: '1m',
      tolerances: { value: { below: 420, recovered: { below: 60 } } },
    },
  },
  faults: {
    fail: {
      action: 'aws:lambda:invocation-error',
      selector: { service: 'payment' },
      parameters: { preventExecution: true },
      bite: { metric: 'paymentErrors', rises: '50%', delay: '1m' },
    },
  },
  stages: [
    { share: { of: 'traffic', share: '10%' }, duration: '3m' },
    { share: { of: 'traffic', share: '50%' }, duration: '3m' },
    { share: { of: 'traffic', share: '100%' }, duration: '3m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '50ms', rate: '2%' }, objective: '5m' },
  lab: 'queueing-shop',
  environments: { staging: {} },
});
