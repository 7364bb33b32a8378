import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Herald } from '../../run/independent/ports.ts';

/** SNS's rules for the subject of an e-mail: printable ASCII, under 100 characters (Publish, API reference). */
const subjectOf = (text: string) =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 99);

export interface Channels {
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly topicArn: string;
}

/** Mails whoever subscribed to the topic. */
export async function publish(
  { sns, topicArn }: Pick<Channels, 'sns' | 'topicArn'>,
  { subject, body, verdict }: { readonly subject: string; readonly body: string; readonly verdict?: string },
): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: subjectOf(subject),
      Message: body,
      ...(verdict === undefined
        ? {}
        : { MessageAttributes: { verdict: { DataType: 'String', StringValue: verdict } } }),
    }),
  );
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
  tellPeople: (told) => publish(channels, told),
  tellSystems: (event) => putEvent(channels, 'Verdict', event),
});
