import type { DispatchPorts, Telling } from './dispatch-ports.ts';
import type { StopNotice } from './stop-notice.ts';

/** A step whose function has died is over by then (lib/cdk/function-sizes.ts: 80 s). */
const claimMs = 100_000;

/** Tells people something once. False where another delivery of this step is telling it, or has died of it: to be asked again. */
export async function tellOnce(
  { clock, people, progress }: Pick<DispatchPorts, 'clock' | 'people' | 'progress'>,
  telling: Telling,
  notice: StopNotice,
): Promise<boolean> {
  const nowMs = clock.now();
  const claim = await progress.claimTelling(telling, { nowMs, expiredMs: nowMs - claimMs });
  if (claim !== 'mine') return claim === 'told';
  try {
    await people.stopped(notice);
  } catch (thrown) {
    // The step is made again at once, and is not to find that somebody else is at it.
    await progress.giveUpTelling(telling).catch(() => {});
    throw thrown;
  }
  await progress.markTold(telling, nowMs);
  return true;
}
