import { defineLab } from 'steadfast-chaos';

/** A small shop on this machine: a catalogue with a cache, twice, behind a balancer, and its PostgreSQL. */
export default defineLab({
  id: 'shop',
  title: 'A shop whose cache reads anew in the background',
  pace: 0.08,
  services: {
    shop: {
      command: ['node', 'shop/catalogue.ts'],
      env: { PORT: '{port}', DATABASE_URL: '{database.url}' },
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
