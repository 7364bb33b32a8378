import { errorLevels } from './error-levels.ts';
import { betaQuantile } from './statistics/beta.ts';
import { atMost, fewestThatMiss, mostThatMeets } from './statistics/share.ts';

/** What so many samples can tell of a share that may be at most `allowed`. */
export interface Power {
  /** A true share up to this is found to be met with 99 % probability; below 0 where no share is. */
  readonly metUpTo: number;
  /** A true share from this on is found to be missed with 99 % probability; above 1 where no share is. */
  readonly missedFrom: number;
}

interface Asked {
  /** The share of the samples that may lie beyond the limit. */
  readonly allowed: number;
  readonly samples: number;
  /** How many samples are worth one independent one. */
  readonly designEffect: number;
}

/** Fewest samples on which anything is found to be missed. */
export const fewestToMiss = 10;

/** Which true shares so many samples tell from what is allowed; between the two they may leave the question open. */
export function powerOf(
  { allowed, samples, designEffect }: Asked,
  probability: number = errorLevels.seen,
): Power {
  const count = Math.floor(samples / designEffect);
  const most = mostThatMeets(count, allowed, errorLevels.bound);
  const fewest = fewestThatMiss(count, allowed, errorLevels.bound);
  return {
    metUpTo: most < 0 ? -1 : most >= count ? 1 : betaQuantile(1 - probability, most + 1, count - most),
    missedFrom:
      fewest > count || samples < fewestToMiss ? 2 : betaQuantile(probability, fewest, count - fewest + 1),
  };
}

/** More samples than any run sends: what needs more is not to be had by lengthening. */
const mostSamples = 100_000_000;

/**
 * The fewest samples of which a stage with the true share `share` is found to have met what is allowed, with the probability that is
 * promised; undefined where no number would do, since the share is hardly less than allowed.
 */
export function samplesNeeded(
  asked: Omit<Asked, 'samples'> & { readonly share: number },
): number | undefined {
  const isEnough = (samples: number) => {
    const count = Math.floor(samples / asked.designEffect);
    const most = mostThatMeets(count, asked.allowed, errorLevels.bound);
    return most >= 0 && atMost(most, count, asked.share) >= errorLevels.power;
  };
  let high = 16;
  while (!isEnough(high)) {
    high *= 2;
    if (high > mostSamples) return undefined;
  }
  let low = high / 2;
  while (high - low > Math.max(1, high / 1_000)) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
