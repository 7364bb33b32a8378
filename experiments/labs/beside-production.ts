import { defineLab } from 'steadfast-chaos';

/**
 * A staging shop in one account with production's, whose tasks have the same `Service` tag. One of production's was started from
 * a copy of the wrong task definition, and wears the environment tag of staging. The lab's id is what staging's `Env` is here.
 */
export default defineLab({
  id: 'beside-production',
  title: "A staging shop in one account with production's",
  pace: 0.05,
  services: {
    shop: {
      command: ['node', 'storefront/stock.ts'],
      env: { PORT: '{port}' },
      replicas: 2,
      health: { path: '/health' },
      tags: { Service: 'product-service' },
    },
    production: {
      command: ['node', 'storefront/stock.ts'],
      env: { PORT: '{port}' },
      replicas: 2,
      health: { path: '/health' },
      tags: { Service: 'product-service', Env: 'production' },
      replicaTags: { 2: { Env: 'beside-production' } },
    },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
    productionErrorRate: { http: { service: 'production', path: '/metrics', numberOf: '$.errorShare' } },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '3s' },
    productionErrors: { metric: 'productionErrorRate', above: 0.01, for: '1s' },
  },
  owns: { names: ['shop-*'] },
  load: [{ service: 'production', path: '/products', rate: '20/s' }],
});
