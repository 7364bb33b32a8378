import { Agent, get } from 'node:http';
import { serveProducts } from './serve.ts';

/** A shop without a cache: it asks its stock, at STOCK_URL, anew for every answer. */
const stock = new URL('/products', process.env['STOCK_URL']);
const patienceMs = 2_000;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

const ask = (): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = get(stock, { agent, timeout: patienceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode !== 200) {
          reject(new Error(`the stock answered ${response.statusCode}`));
          return;
        }
        const products: unknown = JSON.parse(text);
        resolve(products);
      });
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`the stock took longer than ${patienceMs} ms`)));
    request.on('error', reject);
  });

serveProducts(ask);
