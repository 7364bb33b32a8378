import { serve } from './serve.ts';

/** A function behind a URL: takes an order. */
serve({ 'POST /': () => ({ body: { paid: true } }) });
