import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { refreshingCache } from './cache.ts';
import { productsFrom } from './products.ts';
import { requestCounts } from './request-counts.ts';
import { settingsFromEnvironment } from './settings.ts';

/**
 * The shop's catalogue: products from a database, through a cache that serves an old entry while it reads a new one.
 * GET /products, /health (200 once the cache is warm), /metrics.
 */

const settings = settingsFromEnvironment();
const log = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const database = productsFrom(settings.databaseUrl, settings.queryTimeoutMs);
const counts = requestCounts();
const cache = refreshingCache({
  read: database.read,
  ttlMs: settings.ttlMs,
  // Early enough that a database that hesitates for a second makes no entry stale.
  refreshAfterMs: settings.ttlMs / 4,
  // An honest cache waits for the database rather than serve what is too old; the other one hides an outage for ever.
  servedForMs: settings.onError === 'serve-stale' ? Number.POSITIVE_INFINITY : 1.25 * settings.ttlMs,
  onRefreshFailed: (error) => log(`the cache keeps its old entry: ${messageOf(error)}`),
});

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

async function answerProducts(response: ServerResponse): Promise<void> {
  try {
    const { value, served } = await cache.get();
    counts.add(false);
    answer(response, 200, value, { 'x-cache': served });
  } catch (error) {
    counts.add(true);
    log(`no products: ${messageOf(error)}`);
    answer(response, 503, { error: 'the catalogue cannot be read' });
  }
}

async function answerHealth(response: ServerResponse): Promise<void> {
  try {
    await cache.get();
    answer(response, 200, { status: 'ok' });
  } catch (error) {
    answer(response, 503, { status: messageOf(error) });
  }
}

function route({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> | void {
  const { pathname } = new URL(url ?? '/', 'http://shop');
  if (method !== 'GET') return answer(response, 405, { error: 'only GET' });
  if (pathname === '/products') return answerProducts(response);
  if (pathname === '/health') return answerHealth(response);
  if (pathname === '/metrics') return answer(response, 200, counts.read());
  return answer(response, 404, { error: `nothing at ${pathname}` });
}

const server = createServer((request, response) => void route(request, response));
server.listen(settings.port, '127.0.0.1', () => log(`the shop listens on 127.0.0.1:${settings.port}`));

process.once('SIGTERM', () => {
  log('the shop is closing');
  // Requests that have begun are answered; then the process has nothing left to do.
  server.close(() => void database.close());
});
