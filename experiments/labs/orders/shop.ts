import { log, serve } from '../regional/serve.ts';
import { requestCounts } from '../shop/request-counts.ts';
import { orderBook } from './order-book.ts';

/**
 * The API that takes orders. It answers as soon as an order is written down and queued; who is paid, and when, is the workers' business.
 * POST /orders, GET /health, /metrics.
 */

const orders = orderBook(process.env['DATABASE_URL'] ?? '');
const counts = requestCounts();

serve({
  'POST /orders': async () => {
    try {
      const order = await orders.place();
      counts.add(false);
      return { status: 202, body: { order } };
    } catch (error) {
      counts.add(true);
      throw error;
    }
  },
  'GET /metrics': () => ({ body: counts.read() }),
});
log('orders are taken');
