import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'lossy-network',
  title: 'Lost packets do not pile up into an outage',
  description:
    'A network that loses packets is slower than one that is gone: TCP waits and sends again, pools fill with connections that wait, and retries multiply the load. ' +
    'It teaches whether time-outs are shorter than the patience of those who wait, and whether retries have a budget.',
  owner: 'team-shop',
  hypothesis:
    'If 15 % of the packets to the database are lost, products still come in time and at most three seconds old.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', countOf: '$.products' },
      rate: '50/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' }, count: { atLeast: 10 } },
    },
    freshness: {
      http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
      tolerances: { age: { below: '3s', missedFor: '2s' } },
    },
  },
  faults: {
    lossy: {
      action: 'aws:ecs:task-network-packet-loss',
      selector: { service: 'shop' },
      parameters: { loss: '15%', to: ['database'] },
    },
  },
  stages: [
    { share: 'one', duration: '5m' },
    { share: '50%', duration: '5m' },
  ],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '2m' },
  lab: 'shop',
  environments: { staging: {} },
});
