import { errorLevels } from './error-levels.ts';
import type { Interval } from './judgement.ts';
import type { ShareRule } from './limit.ts';
import { quantileRanks } from './statistics/ranks.ts';
import { effective, lowerShare, upperShare } from './statistics/share.ts';
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
  if (rule.q === undefined) {
    const worth = effective(gathered, gathered.designEffect);
    return { low: lowerShare(worth, errorLevels.bound), high: upperShare(worth, errorLevels.bound) };
  }
  const worth = Math.floor(gathered.count / gathered.designEffect);
  const ranks = quantileRanks(worth, rule.q, errorLevels.bound);
  const at = (rank: number | undefined) =>
    rank === undefined ? undefined : tally.finitePercentile(rank / worth);
  const [low, high] = [at(ranks.low), at(ranks.high)];
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}
