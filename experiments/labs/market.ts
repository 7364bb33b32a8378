import { defineLab } from 'steadfast-chaos';

/** A shop that can do without its recommendations, each of them in two zones. */
export default defineLab({
  id: 'market',
  title: 'A shop that can do without its recommendations',
  pace: 0.08,
  services: {
    shop: {
      command: ['node', 'storefront/counter.ts'],
      env: { PORT: '{port}', RECOMMENDATIONS_URL: '{recommendations.url}' },
      replicas: 2,
      zones: ['a', 'b'],
      health: { path: '/health' },
      uses: ['recommendations'],
    },
    recommendations: {
      command: ['node', 'storefront/recommendations.ts'],
      env: { PORT: '{port}' },
      replicas: 4,
      zones: ['a', 'b'],
      health: { path: '/health' },
    },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '3s' },
  },
});
