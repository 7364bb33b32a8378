import { products } from './products.ts';
import { serve } from './serve.ts';

/** What there is to buy, and when it was looked up: a service that depends on nothing. */
serve({ '/products': async () => ({ products, readAt: new Date().toISOString() }) });
