import { ask } from './ask.ts';
import { products } from './products.ts';
import { serve } from './serve.ts';

/** A shop that asks for recommendations, at RECOMMENDATIONS_URL, and does without where none come. */
const recommendations = new URL('/recommendations', process.env['RECOMMENDATIONS_URL']);

const recommended = async (): Promise<unknown> => {
  try {
    return await ask(recommendations);
  } catch (error) {
    process.stdout.write(`no recommendations: ${error instanceof Error ? error.message : String(error)}\n`);
    return { recommendations: [] };
  }
};

serve({
  '/products': async () => ({ products, readAt: new Date().toISOString() }),
  '/recommendations': recommended,
});
