import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'false-rollback',
  title: 'A slow stock is well again once the rollback says that all is reset',
  description:
    'The twin of leaked-rollback: the same delay, the same restart of the control of the proxy, and a rollback that asks it to reset ' +
    'everything. It does, and answers 204: it resets all that it remembers, which is nothing. This is the worse case of the two, since ' +
    'nothing has failed: every log is green, and the delay stays on the link. A status says what a program believes; only a look at the ' +
    'system says what is so. Steadfast takes no rollback at its word: it looks with the probe that the rollback names, and then whether ' +
    'steady state is back to within 10 % of what it was before. It is not, so the run is unrecovered and somebody is told. To mend it, ' +
    'have the rollback check what it undid, not whether it was asked; and keep the probe.',
  owner: 'team-shop',
  hypothesis:
    'If the stock answers 300 ms late, half of the answers of the shop come within a second, and all as before once the delay is gone.',
  baseline: '2m',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '50/s',
      timeout: '5s',
      tolerances: { p50: { below: '1s' }, errorRate: { below: '5%' } },
    },
  },
  proofs: {
    promptAgain: {
      http: { service: 'shop', path: '/products' },
      rate: '10/s',
      tolerances: { p95: { below: '150ms' } },
    },
  },
  faults: {
    slow: {
      action: 'lab:add-toxic',
      selector: { service: 'shop' },
      parameters: { to: ['stock'], name: 'slow-stock', type: 'latency', delay: '300ms' },
    },
    restart: { action: 'aws:ecs:stop-task', selector: { service: 'control' } },
  },
  stages: [{ share: '100%', duration: '2m' }],
  guards: ['shopErrors'],
  recovery: { within: '10%', atLeast: { latency: '50ms', rate: '5%' }, objective: '2m' },
  rollbacks: {
    resetProxy: {
      http: { service: 'control', path: '/reset', method: 'POST' },
      timeout: '3s',
      provenBy: 'promptAgain',
    },
  },
  lab: 'uncached-shop',
});
