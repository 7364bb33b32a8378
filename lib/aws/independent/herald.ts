import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Herald } from '../../run/independent/ports.ts';
import { type TopicMessage, topicMessage } from '../topic-message.ts';

export interface Channels {
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly topicArn: string;
}

/** Tells whoever subscribed to the topic. */
export async function publish(
  { sns, topicArn }: Pick<Channels, 'sns' | 'topicArn'>,
  message: TopicMessage,
): Promise<void> {
  await sns.send(new PublishCommand(topicMessage(topicArn, message)));
}

/** Puts an event on the default bus. */
export async function putEvent(
  { eventBridge }: Pick<Channels, 'eventBridge'>,
  DetailType: string,
  detail: object,
): Promise<void> {
  const { FailedEntryCount, Entries } = await eventBridge.send(
    new PutEventsCommand({
      Entries: [{ Source: 'steadfast', DetailType, Detail: JSON.stringify(detail) }],
    }),
  );
  if ((FailedEntryCount ?? 0) === 0) return;
  const why = Entries?.[0]?.ErrorMessage ?? 'no reason given';
  throw new SteadfastError('internal', `EventBridge did not take the event: ${why}`);
}

/** Tells of runs that were ended for them, in the form in which the runner tells of its own. */
export const createHerald = (channels: Channels): Herald => ({
  tellPeople: ({ runId, verdict, subject, body }) =>
    publish(channels, {
      thread: runId,
      kind: 'Steadfast verdict',
      subject,
      body,
      attributes: { verdict, runId },
    }),
  tellSystems: (event) => putEvent(channels, 'Verdict', event),
});
