import { bodyOf, serve } from './serve.ts';

/** A node of a cache: keeps what was put there last, in memory alone. */
let products = '';

serve({
  'PUT /products': async (request) => {
    products = await bodyOf(request);
    return { body: {} };
  },
  'GET /products': () =>
    products === '' ? { status: 404, body: {} } : { type: 'application/json', body: products },
});
