import type { Counted } from './share.ts';

/**
 * Evidence that a share is larger than it may be, which may be looked at as often as one likes. Each of a few alternatives bets against
 * "the share is at most `allowed`": its stake grows by the ratio of the likelihoods, and under any true share that is allowed it is
 * expected not to grow. A bet that restarts whenever it has lost its stake grows beyond `c` no more often than once in `c` looks on
 * average, however long one watches (e-detectors: Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for
 * sequential change detection", New England Journal of Statistics in Data Science 2, 2024; Ville's inequality).
 */

/** The shares that are bet on, between what is allowed and everything: odds that double, trebled, and so on to nearly all. */
const oddsRatios = [2, 4, 8, 20, 60, 200] as const;

/** The alternatives to "at most `allowed`", each a share larger than that. */
function alternatives(allowed: number): readonly number[] {
  const odds = allowed / (1 - allowed);
  return oddsRatios.map((ratio) => (ratio * odds) / (1 + ratio * odds));
}

/** The logarithm of what one bet wins (or, below 0, loses) on what was seen. */
const winnings = ({ beyond, count }: Counted, allowed: number, alternative: number): number =>
  beyond * Math.log(alternative / allowed) + (count - beyond) * Math.log((1 - alternative) / (1 - allowed));

/** The logarithm of the evidence in what was seen, all bets sharing one stake; at least so much. */
export const evidenceIn = (seen: Counted, allowed: number): number =>
  Math.max(...alternatives(allowed).map((alternative) => winnings(seen, allowed, alternative))) -
  Math.log(oddsRatios.length);

/** How the bets stand: the logarithm of each one's stake, 0 where it has begun anew. */
export type Stakes = readonly number[];

export const freshStakes: Stakes = oddsRatios.map(() => 0);

/**
 * The stakes after one more look. No bet wins more than `most` (a logarithm) at once: a bound only makes the evidence weaker, and one
 * short blip cannot do what only a lasting rise may.
 */
export const afterLook = (stakes: Stakes, seen: Counted, allowed: number, most: number): Stakes =>
  alternatives(allowed).map(
    (alternative, index) =>
      Math.max(stakes[index] ?? 0, 0) + Math.min(winnings(seen, allowed, alternative), most),
  );

/** The logarithm of the evidence that the stakes are: all bets share one stake. */
export const evidenceOf = (stakes: Stakes): number => Math.max(...stakes) - Math.log(oddsRatios.length);
