import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { eventSource } from '../run/verdict-event.ts';

/** Puts an event of ours on the default bus. Throws where EventBridge answers well and did not take it, too; `what` says so in words. */
export async function putEvent(
  eventBridge: EventBridgeClient,
  detailType: string,
  detail: object,
  what = 'the event',
): Promise<void> {
  const { FailedEntryCount, Entries } = await eventBridge.send(
    new PutEventsCommand({
      Entries: [{ Source: eventSource, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  );
  if ((FailedEntryCount ?? 0) === 0) return;
  const why = Entries?.[0]?.ErrorMessage ?? 'no reason given';
  throw new SteadfastError('internal', `EventBridge did not take ${what}: ${why}`);
}
