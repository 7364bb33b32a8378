import { Pool } from 'pg';
import { type Products, productsFrom } from '../shop/products.ts';
import { requestCounts } from '../shop/request-counts.ts';
import { every, log, messageOf, serve } from './serve.ts';

/**
 * A shop in several zones. Each replica reads its products from the database and shares them through the cache; one that does not reach
 * the database serves what another has shared. It asks the checkout up to three times.
 */

const databaseUrl = process.env['DATABASE_URL'] ?? '';
const cacheUrl = process.env['CACHE_URL'] ?? '';
const checkoutUrl = process.env['CHECKOUT_URL'] ?? '';
/** How long each of them may take; the checkout may start late. */
const patienceMs = 1_000;
const checkoutPatienceMs = 3_000;
const attempts = 3;
const readEveryMs = 400;
/** Older products are not served: nobody should pay yesterday's price. */
const oldestMs = 4_000;

const database = productsFrom(databaseUrl, patienceMs);
const orders = new Pool({
  connectionString: databaseUrl,
  max: 2,
  connectionTimeoutMillis: patienceMs,
  query_timeout: patienceMs,
});
orders.on('error', (error) => log(`an idle connection broke: ${error.message}`));
const counts = requestCounts();
let entry: Products | undefined;

const isProducts = (value: unknown): value is Products =>
  typeof value === 'object' && value !== null && 'products' in value && 'readAt' in value;

async function share(products: Products): Promise<void> {
  const body = JSON.stringify(products);
  await fetch(`${cacheUrl}/products`, { method: 'PUT', body, signal: AbortSignal.timeout(patienceMs) });
}

async function shared(): Promise<Products | undefined> {
  const response = await fetch(`${cacheUrl}/products`, { signal: AbortSignal.timeout(patienceMs) });
  const value: unknown = await response.json();
  return response.ok && isProducts(value) ? value : undefined;
}

async function readAnew(): Promise<void> {
  try {
    entry = await database.read();
    await share(entry).catch((error: unknown) => log(`not shared: ${messageOf(error)}`));
  } catch (error) {
    log(`no database: ${messageOf(error)}`);
    const other = await shared();
    if (other !== undefined && other.readAt > (entry?.readAt ?? '')) entry = other;
  }
}

every(readEveryMs, readAnew);

const isTooOld = () => entry === undefined || Date.now() - Date.parse(entry.readAt) > oldestMs;

/** Whether an order could be placed now: the database takes a statement. */
async function placeNothing(): Promise<{ readonly status: string }> {
  await orders.query('select 1');
  return { status: 'ok' };
}

async function checkOut(): Promise<void> {
  let failed: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(checkoutPatienceMs);
      const response = await fetch(checkoutUrl, { method: 'POST', body: '{"order":7}', signal });
      if (response.ok) return;
      failed = new Error(`the checkout answered ${response.status}`);
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}

/** Answers, and counts whether it failed. */
async function counted<Body>(answer: () => Promise<Body>): Promise<{ readonly body: Body }> {
  try {
    const body = await answer();
    counts.add(false);
    return { body };
  } catch (error) {
    counts.add(true);
    throw error;
  }
}

serve({
  'GET /products': () =>
    counted(async () => {
      // Who comes back from a zone that was cut off may be asked before it has read for the first time.
      if (isTooOld()) await readAnew();
      if (isTooOld()) throw new Error('the products are too old');
      return entry;
    }),
  'GET /orders/health': () => counted(async () => placeNothing()),
  'GET /checkout/health': () => counted(async () => checkOut().then(() => ({ status: 'ok' }))),
  'GET /health': () => (entry === undefined ? { status: 503, body: {} } : { body: { status: 'ok' } }),
  // Orders that could not be paid are given up by nobody here: they are asked for again.
  'GET /metrics': () => ({ body: { ...counts.read(), deadLetters: 0 } }),
});
