import { defineLab } from 'steadfast-chaos';

const pace = 0.06;

/** A shop that takes orders at once and has them paid afterwards: an API, a queue in PostgreSQL, workers, and a payment that can be away. */
export default defineLab({
  id: 'queueing-shop',
  title: 'A shop whose orders queue until they are paid',
  pace,
  // Each request is an order that is written down, queued, received, paid and taken out.
  rate: '40/s',
  services: {
    shop: {
      command: ['node', 'orders/shop.ts'],
      env: { PORT: '{port}', DATABASE_URL: '{database.url}' },
      health: { path: '/health' },
      uses: ['database'],
    },
    workers: {
      command: ['node', 'orders/workers.ts'],
      env: { PORT: '{port}', DATABASE_URL: '{database.url}', PAYMENT_URL: '{payment.url}' },
      health: { path: '/health' },
      uses: ['database', 'payment'],
    },
    payment: {
      command: ['node', 'orders/payment.ts'],
      env: { PORT: '{port}' },
      health: { path: '/health' },
      apis: ['lambda'],
    },
    database: { postgres: { schema: 'orders/schema.sql' } },
  },
  metrics: {
    shopErrorRate: { http: { service: 'shop', path: '/metrics', numberOf: '$.errorShare' } },
    paymentErrorShare: { http: { service: 'workers', path: '/metrics', numberOf: '$.errorShare' } },
    // In seconds of the time that is played, as the stages are: a second here is nearly seventeen of them.
    orderQueueAge: {
      service: 'database',
      sql: `select coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0) / ${pace} from queue`,
    },
    oldestUnpaidOrder: {
      service: 'database',
      sql: `select coalesce(extract(epoch from clock_timestamp() - min(placed_at)), 0) / ${pace} from orders where paid_at is null`,
    },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 0.2, for: '4s' },
  },
  alarms: {
    // A tenth of the payments may fail: that is any Monday.
    paymentErrors: { metric: 'paymentErrorShare', above: 0.25, for: '1s' },
    oldOrders: { metric: 'orderQueueAge', above: 90, for: '1s' },
  },
});
