import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'throttled-api',
  title: 'A throttled AWS API is asked less, not more',
  description:
    'EC2 throttles the calls of the workers, as it does whenever somebody in the account asks too much. ' +
    'It teaches whether calls are tried again with growing pauses, and whether anything that customers feel waits for an API that was made for operators.',
  owner: 'team-shop',
  hypothesis:
    'If EC2 throttles half of the calls of the workers, they back off, and no order waits longer than five minutes.',
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
    throttle: {
      action: 'aws:fis:inject-api-throttle-error',
      selector: { service: 'workers' },
      parameters: { service: 'ec2', operations: ['DescribeInstances', 'DescribeTags'] },
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
