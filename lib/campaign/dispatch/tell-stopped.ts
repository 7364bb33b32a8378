import type { CampaignPart } from '../plan-document.ts';
import type { Reached } from '../stop-after.ts';
import type { DispatchPorts } from './dispatch-ports.ts';
import type { HeardWord } from './part-word.ts';
import { stopNoticeOf } from './stop-notice.ts';
import { tellOnce } from './tell-once.ts';

/**
 * Tells people once that its policy has stopped a campaign. False where nothing is kept from starting as yet, or where another delivery of
 * this step is telling, or has died of it: to be asked again.
 */
export async function tellStopped(
  ports: DispatchPorts,
  part: CampaignPart,
  reached: Reached,
  words: readonly HeardWord[],
): Promise<boolean> {
  const { campaign } = part;
  const notice = stopNoticeOf(part, reached, await ports.progress.from(campaign, 0), words);
  return notice !== undefined && (await tellOnce(ports, { campaign }, notice));
}
