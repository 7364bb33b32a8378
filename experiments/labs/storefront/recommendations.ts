import { products } from './products.ts';
import { serve } from './serve.ts';

/** What goes with what: a service that the shop can do without. */
serve({ '/recommendations': async () => ({ recommendations: products.slice(0, 3) }) });
