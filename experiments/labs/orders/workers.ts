import { every, log, messageOf, serve } from '../regional/serve.ts';
import { requestCounts } from '../shop/request-counts.ts';
import { orderBook } from './order-book.ts';

/**
 * Workers that have the orders in the queue paid. An order leaves the queue once it is paid; with TAKE_OUT=first it leaves it as soon as
 * it is received, and one whose payment fails is a line in the log, and nothing else.
 */

const orders = orderBook(process.env['DATABASE_URL'] ?? '');
const paymentUrl = process.env['PAYMENT_URL'] ?? '';
const takesOutFirst = process.env['TAKE_OUT'] === 'first';
const counts = requestCounts();
const patienceMs = 1_000;
const lookEveryMs = 100;
/** At most so many at a time: ten times what comes in between two looks, so that what has queued is soon worked off. */
const together = 60;

async function isPaid(order: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(paymentUrl, { method: 'POST', body: order, signal });
    await response.text();
    return response.ok;
  } catch (error) {
    log(`order ${order}: ${messageOf(error)}`);
    return false;
  }
}

every(lookEveryMs, async () => {
  const received = await orders.receive(together);
  if (received.length === 0) return;
  if (takesOutFirst) await orders.takeOut(received);
  const answers = await Promise.all(received.map(async (order) => ({ order, paid: await isPaid(order) })));
  for (const one of answers) counts.add(!one.paid);
  const paid = answers.flatMap((one) => (one.paid ? [one.order] : []));
  const unpaid = answers.flatMap((one) => (one.paid ? [] : [one.order]));
  await orders.markPaid(paid);
  if (!takesOutFirst) await orders.takeOut(paid);
  if (unpaid.length === 0) return;
  log(`${unpaid.length} of ${received.length} orders could not be paid`);
  await orders.putBack(unpaid);
});

serve({ 'GET /metrics': () => ({ body: counts.read() }) });
