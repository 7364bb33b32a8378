import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'frozen-replica',
  title: 'A replica that stands still now and then costs patience, and no request',
  description:
    'A process that pauses (a long garbage collection, a machine that is taken away for a moment, a disk that hangs) is harder than one that ' +
    'is dead: its port still takes connections, so the load balancer goes on giving it its turn, and whoever is sent there waits. ' +
    'Here one replica of the shop stands still for half a second, every three seconds. Nothing may be lost, and nobody may wait for ' +
    'longer than the pause and a moment. Leave out `for` and `every`, and it stands still for the whole stage: only a time-out of the ' +
    'balancer, or a health check that asks for an answer, would help then.',
  owner: 'team-shop',
  hypothesis:
    'If one of two replicas stands still for half a second now and then, every request is answered, and hardly anyone waits longer than that.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      timeout: '3s',
      tolerances: {
        p50: { below: '250ms' },
        p95: { below: '800ms' },
        errorRate: { below: '1%' },
        count: { atLeast: 10 },
      },
    },
  },
  faults: {
    pause: {
      action: 'lab:freeze',
      selector: { service: 'shop' },
      parameters: { for: '500ms', every: '3s' },
    },
  },
  stages: [{ share: 'one', duration: '2m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '50ms', rate: '1%' }, objective: '1m' },
  lab: 'shop',
});
