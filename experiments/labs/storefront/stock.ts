import { serveProducts } from './serve.ts';

/** What there is to buy, and when it was looked up: a service that depends on nothing. */
const products = Array.from({ length: 20 }, (_, index) => ({ id: index + 1, name: `Product ${index + 1}` }));

serveProducts(async () => ({ products, readAt: new Date().toISOString() }));
