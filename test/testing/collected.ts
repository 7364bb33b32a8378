import { expect } from 'vitest';
import type { TestLab } from '../../lib/testing/test-lab.ts';

/** A test of the how-to, to be run against whatever lab is handed over. */
type Body = (context: { readonly shop: TestLab; readonly signal: AbortSignal }) => Promise<void>;

const bodies: Body[] = [];

/** Stands for Vitest's own `test` in the how-to's example: keeps what it is given. */
export const test = { extend: (_fixtures: object) => (_name: string, body: Body) => void bodies.push(body) };

/** The one test that an example has declared since it was asked for last. */
export function collectedBody(): Body {
  const [body] = bodies.splice(0);
  if (body === undefined) throw new Error('the example declares no test');
  return body;
}

export { expect };
