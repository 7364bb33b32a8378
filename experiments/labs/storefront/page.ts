import { ask } from './ask.ts';
import { serve } from './serve.ts';

/** A shop without a cache: it asks its stock, at STOCK_URL, anew for every answer. */
const stock = new URL('/products', process.env['STOCK_URL']);

serve({ '/products': () => ask(stock) });
