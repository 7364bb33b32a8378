import type { CampaignPart } from '../plan-document.ts';
import type { Reached } from '../stop-after.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import { stopNoticeOf } from './stop-notice.ts';

/** A step whose function has died is over by then (lib/cdk/function-sizes.ts: 80 s). */
const claimMs = 100_000;

/**
 * Tells people once that its policy has stopped a campaign. False where nothing is kept from starting as yet, or where another delivery of
 * this step is telling, or has died of it: to be asked again.
 */
export async function tellStopped(
  { clock, people, progress }: DispatchPorts,
  part: CampaignPart,
  reached: Reached,
): Promise<boolean> {
  const { campaign } = part;
  const notice = stopNoticeOf(part, reached, await progress.from(campaign, 0));
  if (notice === undefined) return false;
  const nowMs = clock.now();
  const claim = await progress.claimTelling(campaign, { nowMs, expiredMs: nowMs - claimMs });
  if (claim !== 'mine') return claim === 'told';
  try {
    await people.stopped(notice);
  } catch (thrown) {
    // The step is made again at once, and is not to find that somebody else is at it.
    await progress.giveUpTelling(campaign).catch(() => {});
    throw thrown;
  }
  await progress.markTold(campaign, nowMs);
  return true;
}
