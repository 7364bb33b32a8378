import { defineLab } from 'steadfast-chaos';

/** A shop that asks its stock anew for every answer, and the control of the proxy in between, as a team's own scripts use it. */
export default defineLab({
  id: 'uncached-shop',
  title: 'A shop without a cache, whose proxy is controlled over HTTP',
  pace: 0.05,
  services: {
    shop: {
      command: ['node', 'storefront/page.ts'],
      env: { PORT: '{port}', STOCK_URL: '{stock.url}' },
      health: { path: '/products' },
      uses: ['stock'],
    },
    stock: {
      command: ['node', 'storefront/stock.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
    },
    control: { proxyControl: {} },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '3s' },
  },
});
