import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Herald } from '../../run/independent/ports.ts';
import { verdictEvent } from '../../run/verdict-event.ts';
import { putEvent } from '../put-event.ts';
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
  tellSystems: (event) => putEvent(channels.eventBridge, verdictEvent.detailType, event),
});
