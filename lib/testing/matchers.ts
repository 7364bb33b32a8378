import { type Held, type HoldOptions, judgeHold } from './holds.ts';
import { judgeRecoveryWithin } from './recovers.ts';
import type { SamplingOptions, TestTolerances } from './sampling.ts';
import { lookingAt, type TestProbe } from './subject.ts';

/** What Vitest and Jest take from a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers as they are called: each is to be awaited. */
export interface TestMatchers {
  /**
   * A function that is called at a fixed rate, or what a probe asks of a lab, stays within tolerances, for a time or during a body; too few samples to tell fail.
   *
   * @example
   * await expect(() => shop.fetch('shop', '/products')).toHold({ p95: { below: '250ms' } }, { for: '3s' });
   */
  toHold(asked: TestTolerances | TestProbe, options?: HoldOptions): Promise<void>;
  /**
   * A function that is called at a fixed rate, or what a probe asks of a lab, is back within tolerances in time, and stays; too few samples to tell fail.
   *
   * @example
   * await expect(() => shop.fetch('shop', '/products')).toRecoverWithin('5s', { errorRate: { below: '5%' } });
   */
  toRecoverWithin(
    within: string,
    asked: TestTolerances | TestProbe,
    options?: SamplingOptions,
  ): Promise<void>;
}

/** Whatever is asked, what nobody could tell fails: `not` turns a result round, and a throw it does not. */
function resultOf({ state, text }: Held, held: string, notHeld: string): MatcherResult {
  if (state === 'unknown') throw new Error(`${notHeld}, as far as could be seen:${text}`);
  return { pass: state === 'met', message: () => `${state === 'met' ? held : notHeld}:${text}` };
}

/** Matchers for `expect.extend(matchers)` of Vitest and Jest; each is to be awaited. */
export const matchers = {
  async toHold(
    received: unknown,
    asked: TestTolerances | TestProbe,
    given: HoldOptions = {},
  ): Promise<MatcherResult> {
    const { look, tolerances, options } = lookingAt(received, asked, given, 'toHold');
    return resultOf(await judgeHold(look, tolerances, options), 'it held', 'it did not hold');
  },
  async toRecoverWithin(
    received: unknown,
    within: string,
    asked: TestTolerances | TestProbe,
    given: SamplingOptions = {},
  ): Promise<MatcherResult> {
    const { look, tolerances, options } = lookingAt(received, asked, given, 'toRecoverWithin');
    const judged = await judgeRecoveryWithin(look, within, tolerances, options);
    return resultOf(judged, `it recovered within ${within}`, `it did not recover within ${within}`);
  },
};
