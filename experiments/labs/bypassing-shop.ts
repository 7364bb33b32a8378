import { defineLab } from 'steadfast-chaos';

/** The shop, whose pool of connections is opened to the database's own address when it starts: the link in between carries nothing. */
export default defineLab({
  id: 'bypassing-shop',
  title: 'A shop whose pool goes past the proxy',
  pace: 0.05,
  services: {
    shop: {
      command: ['node', 'shop/catalogue.ts'],
      env: { PORT: '{port}', DATABASE_URL: '{database.real.url}' },
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
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '3s' },
  },
  load: [{ service: 'shop', path: '/products', rate: '20/s' }],
});
