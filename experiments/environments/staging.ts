import { defineEnvironment } from 'steadfast-chaos';

const loadBalancer = 'app/shop-staging/0a1b2c3d4e5f6071';

/** Where experiments run every week. It shares an account with nothing of production, but the network: so a guard watches production. */
export default defineEnvironment({
  id: 'staging',
  account: '111111111111',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'staging' },
  production: false,
  services: {
    shop: {
      url: 'https://shop.staging.example.com',
      host: 'shop.staging.example.com',
      tags: { Service: 'shop' },
      ecs: { cluster: 'staging', service: 'shop' },
      uses: ['database'],
    },
    database: { host: 'database.staging.example.com' },
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
    // Production sends this metric to staging's account as well, so that an alarm here can watch it.
    productionErrorRate: {
      namespace: 'Shop',
      name: 'ErrorRate',
      dimensions: { Environment: 'production' },
      statistic: 'Average',
    },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 20, for: '2m' },
    productionErrors: { metric: 'productionErrorRate', above: 1, for: '1m', watches: 'production' },
  },
  owns: { clusters: ['staging'] },
  untouchable: ['arn:aws:rds:*'],
  notify: { emails: ['team-shop@example.com'] },
});
