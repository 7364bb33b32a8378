import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { RunContext } from './context.ts';
import type { Journal } from './journal.ts';
import type { Audience } from './live-run.ts';
import { deservesNotice, noticeOf } from './notice.ts';
import { verdictEventOf } from './verdict-event.ts';

/** A message is told within a second; the right to tell it lapses soon after. */
const askAgainMs = 1_000;

/**
 * Systems learn of every verdict, people of those that ask something of them. Neither is kept from it by the other, and whoever has been told is
 * not told again by a step that is repeated.
 */
export async function tell({ ports, input, runId }: RunContext, journal: Journal): Promise<void> {
  const { notifier, liveRuns, clock } = ports;
  const once = async (audience: Audience, say: () => Promise<void>): Promise<void> => {
    let right = await liveRuns.mayTell(runId, audience, clock.now());
    // A step that is delivered twice tells once; where the other one dies before it has told, this one does.
    while (right === 'another') {
      await clock.sleep(askAgainMs);
      right = await liveRuns.mayTell(runId, audience, clock.now());
    }
    if (right === 'told') return;
    await say();
    // Without the mark the run is closed all the same, and then nobody tells of it any more.
    await liveRuns.markTold(runId, audience, clock.now()).catch(() => {});
  };
  const failures: unknown[] = [];
  const attempt = (audience: Audience, say: () => Promise<void>): Promise<void> =>
    once(audience, say).catch((cause: unknown) => void failures.push(cause));
  // One after the other: who dies between telling and its mark tells one of them again, not both.
  await attempt('systems', () => notifier.publish(verdictEventOf(journal, input.touches)));
  if (deservesNotice(journal)) await attempt('people', () => notifier.notify(noticeOf(journal, input)));
  if (failures.length === 0) return;
  throw new SteadfastError('internal', `the verdict of run ${journal.runId} could not be told to everyone`, {
    hint: 'it is in the journal all the same',
    cause: failures.length === 1 ? failures[0] : new AggregateError(failures),
  });
}
