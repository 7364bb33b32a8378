import { defineLab } from 'steadfast-chaos';

/**
 * The same shop with two settings that look sensible alone: the database must answer within 300 ms, and when it does not,
 * the cache goes on serving what it has. Together they hide an outage behind old data.
 */
export default defineLab({
  id: 'stale-shop',
  title: 'A shop whose cache hides an outage behind old data',
  pace: 0.08,
  services: {
    shop: {
      command: ['node', 'shop/catalogue.ts'],
      env: {
        PORT: '{port}',
        DATABASE_URL: '{database.url}',
        QUERY_TIMEOUT_MS: '300',
        CACHE_ON_ERROR: 'serve-stale',
      },
      replicas: 2,
      health: { path: '/health' },
      tags: { Service: 'shop' },
      uses: ['database'],
    },
    database: { postgres: { schema: 'shop/schema.sql' } },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
    databaseConnections: { link: { service: 'shop', to: 'database' }, counter: 'activeConnections' },
    rowCount: { sql: 'select count(*) from products', service: 'database' },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '3s' },
  },
  load: [{ service: 'shop', path: '/products', rate: '20/s' }],
});
