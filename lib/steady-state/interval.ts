import { boundedQuantile, boundedShare } from './bounds.ts';
import type { Interval } from './judgement.ts';
import type { ShareRule } from './limit.ts';
import type { Tally } from './tally.ts';

interface Gathered {
  readonly beyond: number;
  readonly count: number;
  readonly designEffect: number;
}

/**
 * Between which values the true rate (exact bounds) or the true percentile (order statistics) lies; each bound is wrong less than once in
 * a hundred times. A percentile has no upper bound where that falls among requests without a good answer.
 */
export function intervalOf(rule: ShareRule, gathered: Gathered, tally: Tally): Interval | undefined {
  if (gathered.count === 0) return undefined;
  const { low, high } =
    rule.q === undefined
      ? boundedShare(gathered, gathered.designEffect)
      : boundedQuantile(gathered.count, rule.q, gathered.designEffect, (share) =>
          tally.finitePercentile(share),
        );
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}
