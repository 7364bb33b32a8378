import { bodyOf, serve } from '../regional/serve.ts';

/** A function behind a URL that takes the money for an order. Whoever asks twice for the same order pays once. */
const paid = new Set<string>();

serve({
  'POST /': async (request) => {
    paid.add(await bodyOf(request));
    return { body: { paid: true, orders: paid.size } };
  },
});
