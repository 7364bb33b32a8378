import { latestSendMs } from '../run/ask-regularly.ts';
import type { Clock, ProbeOutcome } from '../run/ports.ts';

/** Waits until a request is due and sends it; one that came too late for that is not sent, and says so. */
export async function sendWhenDue(
  clock: Clock,
  dueMs: number,
  send: () => Promise<ProbeOutcome>,
): Promise<ProbeOutcome> {
  const waitMs = dueMs - clock.now();
  if (waitMs > 0) await clock.sleep(waitMs);
  const lateMs = clock.now() - dueMs;
  return lateMs > latestSendMs ? { error: `prober: ${lateMs.toFixed(0)} ms late in asking` } : send();
}
