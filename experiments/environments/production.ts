import { defineEnvironment } from 'steadfast-chaos';

const loadBalancer = 'app/shop-production/9f8e7d6c5b4a3021';

/** Where customers are. Every template waits a minute first, while the resolved targets are checked. */
export default defineEnvironment({
  id: 'production',
  account: '222222222222',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'production' },
  production: true,
  services: {
    shop: {
      url: 'https://shop.example.com',
      host: 'shop.example.com',
      tags: { Service: 'shop' },
      ecs: { cluster: 'production', service: 'shop' },
      uses: ['database'],
    },
    database: { host: 'database.internal.example.com' },
  },
  metrics: {
    // The load balancer counts errors only when there are some: FILL makes silence a zero.
    shopErrorRate: {
      expression: '100 * FILL(errors, 0) / requests',
      metrics: {
        errors: {
          namespace: 'AWS/ApplicationELB',
          name: 'HTTPCode_Target_5XX_Count',
          dimensions: { LoadBalancer: loadBalancer },
          statistic: 'Sum',
        },
        requests: {
          namespace: 'AWS/ApplicationELB',
          name: 'RequestCount',
          dimensions: { LoadBalancer: loadBalancer },
          statistic: 'Sum',
        },
      },
    },
    orders: {
      namespace: 'Shop',
      name: 'OrdersPerMinute',
      dimensions: { Environment: 'production' },
      statistic: 'Sum',
    },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 1, for: '1m' },
    orders: { metric: 'orders', below: 50, for: '2m' },
  },
  owns: { clusters: ['production'] },
  untouchable: ['arn:aws:rds:*', 'arn:aws:ecs:*:*:task/payments/*'],
  limits: { targets: 10, runs: 1 },
  blackouts: [
    {
      from: '2026-12-18T00:00:00Z',
      until: '2027-01-04T08:00:00Z',
      reason: 'Christmas: nobody is there to look',
    },
  ],
  notify: { emails: ['team-shop@example.com', 'on-call@example.com'] },
});
