import { bodyOf, every, serve } from './serve.ts';

/** A table of orders that sends all it takes to its replica of the other Region, in order, and again until it is there. */
const replicaUrl = process.env['REPLICA_URL'];
const patienceMs = 1_000;
const orderEveryMs = 200;
const waiting: { readonly order: number; readonly atMs: number }[] = [];
let orders = 0;

const replicate = async () => {
  const [next] = waiting;
  if (next === undefined || replicaUrl === undefined) return;
  const batch = [...waiting];
  await fetch(`${replicaUrl}/orders`, {
    method: 'PUT',
    body: JSON.stringify(batch.map(({ order }) => order)),
    signal: AbortSignal.timeout(patienceMs),
  });
  waiting.splice(0, batch.length);
};

// The replica of the other Region takes none of its own.
if (replicaUrl !== undefined) {
  every(orderEveryMs, async () => {
    orders += 1;
    waiting.push({ order: orders, atMs: performance.now() });
  });
  every(orderEveryMs / 4, replicate);
}

serve({
  'PUT /orders': async (request) => {
    orders = Math.max(orders, ...JSON.parse(await bodyOf(request)));
    return { body: { orders } };
  },
  'GET /lag': () => {
    const [oldest] = waiting;
    return { body: { seconds: oldest === undefined ? 0 : (performance.now() - oldest.atMs) / 1_000 } };
  },
});
