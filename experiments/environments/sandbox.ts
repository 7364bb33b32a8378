import { defineEnvironment } from 'steadfast-chaos';

/** An account of its own, for trying things out. It shares nothing with production, so it needs no guard on it. */
export default defineEnvironment({
  id: 'sandbox',
  account: '333333333333',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'sandbox' },
  production: false,
  isolated: {
    reason: 'an account of its own, without a network path, a queue or data in common with production',
  },
  services: {
    shop: {
      url: 'https://shop.sandbox.example.com',
      host: 'shop.sandbox.example.com',
      tags: { Service: 'shop' },
      ecs: { cluster: 'sandbox', service: 'shop' },
      uses: ['database'],
    },
    database: { host: 'database.sandbox.example.com' },
  },
  metrics: {
    shopErrorRate: {
      namespace: 'Shop',
      name: 'ErrorRate',
      dimensions: { Environment: 'sandbox' },
      statistic: 'Average',
    },
  },
  guards: { shopErrors: { metric: 'shopErrorRate', above: 50, for: '2m' } },
  owns: { clusters: ['sandbox'] },
});
