import { errorLevels } from '../../lib/steady-state/error-levels.ts';
import { powerOf } from '../../lib/steady-state/power.ts';
import { atMost } from '../../lib/steady-state/statistics/share.ts';

/** What is true of a tolerance and surely seen; `margin` where it may be found either way. */
export type Certainty = 'met' | 'missed' | 'unknown' | 'margin';

/** Evidence as strong as this (a likelihood ratio's logarithm) is found by any watch that may err once in a million looks, and some luck. */
const plainEvidence = 40;

/** Being beyond is seen from the first sample beyond to the last, in windows of a second or a little more: so far may a length be off. */
const lengthOffS = 2;

const fineGrid = 1_500;

/** How much one sample beyond or not tells between two shares, on average: the divergence of Kullback and Leibler. */
const divergence = (share: number, allowed: number): number =>
  share >= 1
    ? -Math.log(allowed)
    : share * Math.log(share / allowed) + (1 - share) * Math.log((1 - share) / (1 - allowed));

interface LongestStretch {
  readonly seconds: number;
  readonly evidence: number;
}

/** The longest stretch in which the share is more than allowed. */
function longestBeyond(
  times: readonly number[],
  shareAt: (t: number) => number,
  allowed: number,
): LongestStretch {
  let longest: LongestStretch = { seconds: 0, evidence: 0 };
  let [since, evidence]: [number | undefined, number] = [undefined, 0];
  for (const t of times) {
    const share = shareAt(t);
    if (share <= allowed) {
      [since, evidence] = [undefined, 0];
      continue;
    }
    since ??= t;
    evidence += divergence(share, allowed);
    if (t - since >= longest.seconds) longest = { seconds: t - since, evidence };
  }
  return longest;
}

/** A tolerance on the share of samples beyond a limit. */
export function shareState(given: {
  readonly shareAt: (t: number) => number;
  readonly times: readonly number[];
  readonly allowed: number;
  readonly missedForS: number;
  readonly designEffect: number;
}): Certainty {
  const { shareAt, allowed, missedForS, designEffect } = given;
  if (given.times.length === 0) return 'unknown';
  // A few thousand of the looks tell the average over all of them.
  const every = Math.max(1, Math.floor(given.times.length / fineGrid));
  const times = given.times.filter((_, index) => index % every === 0);
  const share = times.reduce((sum, t) => sum + shareAt(t), 0) / times.length;
  const { metUpTo, missedFrom } = powerOf({ allowed, samples: given.times.length, designEffect });
  if (share >= missedFrom) return 'missed';
  const stretch = longestBeyond(times, shareAt, allowed);
  if (stretch.seconds > missedForS + lengthOffS && (every * stretch.evidence) / designEffect > plainEvidence)
    return 'missed';
  if (stretch.seconds > missedForS - lengthOffS) return 'margin';
  if (share <= metUpTo) return 'met';
  return metUpTo < 0 && share < allowed / 2 ? 'unknown' : 'margin';
}

/** With less than this probability a baseline shows more, or less, than is true of it by so much that it matters. */
const unlikely = 0.003;

/**
 * Whether a run finds that its stage has power enough for a tolerance on a share: `met` where it does, `unknown` where it does not. It goes by
 * the share that its baseline shows, which lies about the true one.
 */
export function powerState(given: {
  readonly allowed: number;
  readonly shareBefore: number;
  readonly looksBefore: number;
  readonly looks: number;
  readonly designEffect: number;
}): Certainty {
  const { allowed, shareBefore, looksBefore, looks, designEffect } = given;
  const { metUpTo } = powerOf({ allowed, samples: looks, designEffect }, errorLevels.power);
  const worth = Math.floor(looksBefore / designEffect);
  const enough = metUpTo < 0 ? 0 : atMost(Math.floor(metUpTo * worth), worth, shareBefore);
  return enough > 1 - unlikely ? 'met' : enough < unlikely ? 'unknown' : 'margin';
}

/** A tolerance that compares each sample; samples beyond it no more than a second apart are one stretch. */
export function eachState(given: {
  readonly times: readonly number[];
  readonly beyond: (t: number) => boolean;
  readonly missedForS: number;
  readonly everyS: number;
}): Certainty {
  const { times, beyond, missedForS, everyS } = given;
  if (times.length === 0) return 'unknown';
  let [since, longest]: [number | undefined, number] = [undefined, 0];
  for (const t of times) {
    if (!beyond(t)) since = undefined;
    else {
      since ??= t;
      longest = Math.max(longest, t - since);
    }
  }
  if (longest > missedForS + 2 * everyS + 1) return 'missed';
  const last = times.at(-1);
  // Beyond as the stretch ends: nobody knows what came of it.
  if (last !== undefined && beyond(last))
    return longest > missedForS - 2 * everyS - 1 ? 'margin' : longest > 2 ? 'unknown' : 'margin';
  return longest < missedForS - 2 * everyS - 1 || longest === 0 ? 'met' : 'margin';
}

/** Whether enough was seen of [from, to) to say that anything is met. */
export function sightState(
  times: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
  blindS: number,
): Certainty {
  let longest = 0;
  for (const [index, t] of [...times, to].entries())
    longest = Math.max(longest, t - (times[index - 1] ?? from));
  if (longest > 1.15 * blindS) return 'unknown';
  return longest < 0.85 * blindS ? 'met' : 'margin';
}
