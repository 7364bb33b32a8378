import { defineExperiment } from 'steadfast-chaos';

export default defineExperiment({
  id: 'leaked-rollback',
  title: 'A slow stock is well again once the rollback has removed the delay',
  description:
    'A script has the proxy delay the answers of the stock, and the rollback removes the delay again by its name. Meanwhile the control of ' +
    'the proxy is restarted. It has forgotten what it had added, so the rollback gets 404, while the delay stays on the link. ' +
    'Elsewhere the error of a rollback is a line in a log; everybody is half a second slower from then on, and nobody knows why. ' +
    'Here a rollback counts only once its own probe has shown that it worked, and steady state must come back to within 10 % of what it was ' +
    'before the fault: the run is unrecovered, which is worse than deviated, and somebody is told. To mend it, do not let the ' +
    'undoing depend on what a process remembers: use a fault that ends by itself, as those of FIS do, or have the rollback set the link up anew. ' +
    'Give it a probe that sees the latency, and treat its failure as an incident.',
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
    removeDelay: {
      http: { service: 'control', path: '/proxies/shop-1-to-stock/toxics/slow-stock', method: 'DELETE' },
      timeout: '3s',
      provenBy: 'promptAgain',
    },
  },
  lab: 'uncached-shop',
});
