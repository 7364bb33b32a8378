import { type Held, type HoldOptions, judgeHold } from './holds.ts';
import { judgeRecoveryWithin } from './recovers.ts';
import type { Look, SamplingOptions, TestTolerances } from './sampling.ts';

/** What Vitest and Jest take from a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const isLook = (received: unknown): received is Look => typeof received === 'function';

function lookOf(received: unknown, matcher: string): Look {
  if (isLook(received)) return received;
  throw new TypeError(
    `${matcher} takes a function that is called again and again: expect(() => shop.fetch('shop', '/products')).${matcher}(...)`,
  );
}

/** The matchers as they are called: each is to be awaited. */
export interface TestMatchers {
  /**
   * A function that is called at a fixed rate stays within tolerances, for a time or during a body; too few samples to tell fail.
   *
   * @example
   * await expect(() => shop.fetch('shop', '/products')).toHold({ p95: { below: '250ms' } }, { for: '3s' });
   */
  toHold(tolerances: TestTolerances, options?: HoldOptions): Promise<void>;
  /**
   * A function that is called at a fixed rate is back within tolerances in time, and stays; too few samples to tell fail.
   *
   * @example
   * await expect(() => shop.fetch('shop', '/products')).toRecoverWithin('5s', { errorRate: { below: '5%' } });
   */
  toRecoverWithin(within: string, tolerances: TestTolerances, options?: SamplingOptions): Promise<void>;
}

/** Whatever is asked, what nobody could tell fails: `not` turns a result round, and a throw it does not. */
function resultOf({ state, text }: Held, held: string, notHeld: string): MatcherResult {
  if (state === 'unknown') throw new Error(`${notHeld}, as far as could be seen:${text}`);
  return { pass: state === 'met', message: () => `${state === 'met' ? held : notHeld}:${text}` };
}

/** Matchers for `expect.extend(matchers)` of Vitest and Jest; each is to be awaited. */
export const matchers = {
  async toHold(received: unknown, tolerances: TestTolerances, options?: HoldOptions): Promise<MatcherResult> {
    const judged = await judgeHold(lookOf(received, 'toHold'), tolerances, options);
    return resultOf(judged, 'it held', 'it did not hold');
  },
  async toRecoverWithin(
    received: unknown,
    within: string,
    tolerances: TestTolerances,
    options?: SamplingOptions,
  ): Promise<MatcherResult> {
    const judged = await judgeRecoveryWithin(
      lookOf(received, 'toRecoverWithin'),
      within,
      tolerances,
      options,
    );
    return resultOf(judged, `it recovered within ${within}`, `it did not recover within ${within}`);
  },
};
