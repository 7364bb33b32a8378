import { atMost } from './share.ts';

/** The order statistics between which a quantile lies; ranks count from 1. */
export interface Ranks {
  /** Undefined where there are too few samples for any bound. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * The order statistics that bound the quantile `q` of `count` independent samples, each wrong with a probability of at most `error`,
 * whatever the distribution (Conover, Practical Nonparametric Statistics, 3.2).
 */
export function quantileRanks(count: number, q: number, error: number): Ranks {
  const whole = Math.floor(count);
  // Where the normal distribution would have them: the exact ones are near.
  const spread = 2.33 * Math.sqrt(whole * q * (1 - q));
  // At most r - 1 samples lie below the quantile: then the rank r is not below it.
  const high = firstThat(whole, whole * q + spread, (rank) => atMost(rank - 1, whole, q) >= 1 - error);
  const low = firstThat(whole, whole * q - spread, (rank) => atMost(rank - 1, whole, q) > error) - 1;
  return { ...(low >= 1 ? { low } : {}), ...(high <= whole ? { high } : {}) };
}

/**
 * The first of 1 to `count` for which `holds`, which holds from some number on; one more than `count` where none does. Looked for near
 * `guess` first, in steps that double.
 */
function firstThat(count: number, guess: number, holds: (rank: number) => boolean): number {
  let low = 0;
  let high = count + 1;
  let step = 2;
  let next = Math.round(guess);
  while (high - low > 1) {
    const rank = next > low && next < high ? next : Math.floor((low + high) / 2);
    if (holds(rank)) {
      high = rank;
      next = rank - step;
    } else {
      low = rank;
      next = rank + step;
    }
    step *= 2;
    if (high <= count && low >= 1) next = Math.floor((low + high) / 2);
  }
  return high;
}
