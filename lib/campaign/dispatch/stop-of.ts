import type { CampaignPart } from '../plan-document.ts';
import { type Reached, reachedOf, reasonOf, sumOf, type VerdictCounts } from '../stop-after.ts';
import { type CampaignStop, type HeardWord, placeText, stopBegunIn } from './part-word.ts';

/** Why a part starts nothing more. */
export interface Stop {
  /** In words, as status shows it. */
  readonly reason: string;
  /** As it is told to the other parts: where it began, and why. */
  readonly began: CampaignStop;
  /** By which policy, where it began here with it; then it is here that people are told. */
  readonly reached?: Reached;
}

/**
 * By what a campaign is stopped: by a wish, by what another part has stopped it for, or by its policy over the verdicts of all parts;
 * undefined where it goes on. Where this part has come to it by its policy first, it stays so, whatever comes back.
 */
export function stopOf(
  part: CampaignPart,
  now: {
    readonly wish: { readonly reason: string } | undefined;
    readonly counts: VerdictCounts;
    readonly words: readonly HeardWord[];
    /** Whether people have been told by this part. */
    readonly told: boolean;
  },
): Stop | undefined {
  const { wish, counts, words, told } = now;
  if (wish !== undefined) return { reason: wish.reason, began: stopBegunIn(part, wish.reason) };
  const reached = reachedOf(part.stopAfter, sumOf([counts, ...words.map((word) => word.counts)]));
  const heard = words.find(({ stopped }) => stopped !== undefined)?.stopped;
  const isOurs = told || heard === undefined || heard.dispatcher === part.dispatcher;
  if (reached !== undefined && isOurs) {
    const reason = reasonOf(reached);
    return { reason, began: stopBegunIn(part, reason), reached };
  }
  return heard === undefined
    ? undefined
    : { reason: `${heard.reason}, in ${placeText(heard)}`, began: heard };
}
