import { defineLab } from 'steadfast-chaos';

/**
 * A shop with what AWS runs for it: in two zones, with a database that fails over, a cache, a function, an API that can be throttled, and
 * a table that is replicated to another Region.
 */
export default defineLab({
  id: 'regional-shop',
  title: 'A shop in two zones, with what AWS runs for it',
  pace: 0.08,
  // Twelve processes and what watches them share one laptop; a baseline of two minutes still has 459 answers of each of two probes.
  rate: '120/s',
  services: {
    shop: {
      command: ['node', 'regional/shop.ts'],
      env: {
        PORT: '{port}',
        DATABASE_URL: '{database.url}',
        CACHE_URL: '{cache.url}',
        CHECKOUT_URL: '{checkout.url}',
      },
      replicas: 2,
      zones: ['a', 'b'],
      health: { path: '/health' },
      uses: ['database', 'cache', 'checkout'],
    },
    database: { postgres: { schema: 'shop/schema.sql' }, zone: 'a', failsOverTo: 'b' },
    cache: {
      command: ['node', 'regional/cache.ts'],
      env: { PORT: '{port}' },
      replicas: 2,
      zones: ['a', 'b'],
      health: { path: '/health' },
    },
    checkout: {
      command: ['node', 'regional/checkout.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
      apis: ['lambda'],
    },
    orders: {
      command: ['node', 'regional/orders.ts'],
      env: { PORT: '{port}', REPLICA_URL: '{farOrders.url}' },
      health: { path: '/health' },
      uses: ['farOrders'],
    },
    farOrders: {
      command: ['node', 'regional/orders.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
      region: 'eu-central-1',
    },
    workers: {
      command: ['node', 'regional/workers.ts'],
      env: { PORT: '{port}', EC2_URL: '{ec2.url}' },
      zones: ['a'],
      health: { path: '/health' },
      uses: ['ec2'],
    },
    ec2: {
      command: ['node', 'regional/ec2.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
      apis: ['ec2'],
    },
    network: { network: {} },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
    ordersInDeadLetters: { http: { service: 'shop', path: '/metrics', numberOf: '$.deadLetters' } },
    orderQueueAge: { http: { service: 'workers', path: '/queue', numberOf: '$.seconds' } },
    orderReplicationLag: { http: { service: 'orders', path: '/lag', numberOf: '$.seconds' } },
  },
  guards: {
    // Longer than a failover takes at this pace: that some orders fail meanwhile is what is to be seen.
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '8s' },
  },
});
