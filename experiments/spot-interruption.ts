import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'spot-interruption',
  title: 'Two minutes are enough to put the work down',
  description:
    'AWS takes Spot Instances back with two minutes of notice. This gives the notice on purpose. ' +
    'It teaches whether the workers listen for it, put their work back, and whether new ones are there before the queue is old.',
  owner: 'team-shop',
  hypothesis:
    'If a worker is taken back, its work is done by another, and no order waits longer than five minutes.',
  baseline: '5m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    // In seconds. As an age it would have to grow before it is missed, and no rehearsal is so long.
    queue: { metric: 'orderQueueAge', every: '1m', delay: '1m', tolerances: { value: { below: 300 } } },
  },
  faults: {
    interrupt: {
      action: 'aws:ec2:send-spot-instance-interruptions',
      selector: { service: 'workers' },
      parameters: { interruptAfter: '2m' },
    },
  },
  stages: [{ share: 'one', duration: '10m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '5m' },
  lab: 'regional-shop',
  environments: { staging: {} },
});
