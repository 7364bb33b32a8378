import { betaBelow, betaQuantile } from './beta.ts';

/** So many of so many samples; with a design effect neither need be whole. */
export interface Counted {
  readonly beyond: number;
  readonly count: number;
}

/**
 * The exact lower bound of a share (Clopper and Pearson, Biometrika 26, 1934): were the true share any less, so many or more would be
 * seen with a probability below `error`.
 */
export const lowerShare = ({ beyond, count }: Counted, error: number): number =>
  beyond <= 0 || count <= 0 ? 0 : betaQuantile(error, beyond, Math.max(count - beyond, 0) + 1);

/** The exact upper bound of a share: were the true share any more, so few or fewer would be seen with a probability below `error`. */
export const upperShare = ({ beyond, count }: Counted, error: number): number =>
  count <= 0 || beyond >= count ? 1 : betaQuantile(1 - error, beyond + 1, count - beyond);

/** As many independent samples as so many correlated ones are worth. */
export const effective = ({ beyond, count }: Counted, designEffect: number): Counted => ({
  beyond: beyond / designEffect,
  count: count / designEffect,
});

/** The probability that at most `most` of `count` independent samples lie beyond, each with probability `share`. */
export function atMost(most: number, count: number, share: number): number {
  if (most <= -1) return 0;
  if (most >= count) return 1;
  return 1 - betaBelow(share, most + 1, count - most);
}

/** Whether the upper bound of the share lies below `allowed`; the same as asking for the bound, and cheaper. */
export const isSurelyBelow = ({ beyond, count }: Counted, allowed: number, error: number): boolean =>
  count > 0 && atMost(beyond, count, allowed) < error;

/** Whether the lower bound of the share lies above `allowed`. */
export const isSurelyAbove = ({ beyond, count }: Counted, allowed: number, error: number): boolean =>
  beyond > 0 && 1 - atMost(beyond - 1, count, allowed) < error;

/** The most of `count` of which the upper bound still lies below `allowed`; -1 where not even none does. */
export const mostThatMeets = (count: number, allowed: number, error: number): number =>
  lastThat(count, (beyond) => isSurelyBelow({ beyond, count }, allowed, error));

/** The fewest of `count` of which the lower bound lies above `allowed`; more than `count` where not even all do. */
export const fewestThatMiss = (count: number, allowed: number, error: number): number =>
  lastThat(count, (beyond) => !isSurelyAbove({ beyond, count }, allowed, error)) + 1;

/** The last whole number up to `count` for which `holds`, which holds up to some number and not from there on; -1 for none. */
function lastThat(count: number, holds: (beyond: number) => boolean): number {
  let low = -1;
  let high = Math.floor(count) + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
