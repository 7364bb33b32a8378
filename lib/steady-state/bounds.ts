import { errorLevels } from './error-levels.ts';
import { quantileRanks } from './statistics/ranks.ts';
import { type Counted, effective, lowerShare, upperShare } from './statistics/share.ts';

/** A figure with bounds on its true value; undefined where there are too few samples, or where it falls among those without an answer. */
export interface Bounded {
  readonly at: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** A share is bounded whatever was seen: at worst by nothing and everything. */
export type BoundedShare = Bounded & { readonly low: number; readonly high: number };

/** A share, with exact bounds that are each wrong less than once in a hundred times. */
export function boundedShare(seen: Counted, designEffect: number): BoundedShare {
  const worth = effective(seen, designEffect);
  return {
    at: seen.count === 0 ? undefined : seen.beyond / seen.count,
    low: lowerShare(worth, errorLevels.bound),
    high: upperShare(worth, errorLevels.bound),
  };
}

/**
 * The quantile `q` of so many samples, with order statistics as bounds that are each wrong less than once in a hundred times. `at` tells
 * which value a share of the samples stays within.
 */
export function boundedQuantile(
  count: number,
  q: number,
  designEffect: number,
  at: (share: number) => number | undefined,
): Bounded {
  const worth = Math.floor(count / designEffect);
  const { low, high } = quantileRanks(worth, q, errorLevels.bound);
  return {
    at: at(q),
    low: low === undefined ? undefined : at(low / worth),
    high: high === undefined ? undefined : at(high / worth),
  };
}

/** The value that a share of what is sorted stays within; undefined where that is no answer. */
export const valueIn =
  (sorted: Float64Array) =>
  (share: number): number | undefined => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)];
    return value === undefined || !Number.isFinite(value) ? undefined : value;
  };
