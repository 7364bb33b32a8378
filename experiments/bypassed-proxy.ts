import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'bypassed-proxy',
  title: 'A slow database does not slow the shop, whose pool goes past the proxy',
  description:
    'The shop opens its pool of connections when it starts, and here it is given the real address of the database, not that of the link ' +
    'on which the fault acts. The delay is put on the link, nothing is sent there, and every probe stays well: with any other tool this ' +
    'test passes, also without a cache that works. Steadfast asks of every fault what shows that it bit. Nothing was delayed, so nothing ' +
    'was tested, and the run is inconclusive. To mend it, give the process the address of the link from its start ' +
    '(DATABASE_URL: {database.url} in the lab), not only while the test runs.',
  owner: 'team-shop',
  hypothesis:
    'If the database answers 500 ms late, products still come at once and at most three seconds old.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      rate: '50/s',
      timeout: '5s',
      tolerances: {
        p50: { below: '250ms' },
        errorRate: { below: '5%' },
        age: { below: '3s', missedFor: '2s' },
      },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', jitter: '0ms', to: ['database'] },
    },
  },
  stages: [{ share: '100%', duration: '3m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '50ms', rate: '5%' }, objective: '2m' },
  lab: 'bypassing-shop',
});
