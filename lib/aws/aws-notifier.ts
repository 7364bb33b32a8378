import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Notice } from '../run/notice.ts';
import type { Notifier } from '../run/ports.ts';
import { verdictEvent } from '../run/verdict-event.ts';
import { tellApprovalWanted } from './tell-approval-wanted.ts';

/** SNS's rules for the subject of an e-mail: printable ASCII, under 100 characters (Publish, API reference). */
const subjectOf = (text: string) =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 99);

/** The longest title and description that a chat shows (Amazon Q Developer in chat applications, "Custom notifications"). */
const longest = { title: 250, description: 8_000 } as const;

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The form of a message that Amazon Q Developer in chat applications shows in Slack and Teams. One run is one thread. */
const chatMessage = ({ runId, verdict, chat }: Notice) => ({
  version: '1.0',
  source: 'custom',
  id: `${runId}-${verdict}`,
  content: {
    textType: 'client-markdown',
    title: cut(chat.title, longest.title),
    description: cut(chat.description, longest.description),
    nextSteps: chat.nextSteps,
    keywords: chat.keywords,
  },
  metadata: { threadId: runId, summary: cut(chat.title, longest.title), eventType: 'Steadfast verdict' },
});

/** Tells people by SNS, and systems by an event (`steadfast`, `Verdict`). */
export function createAwsNotifier(options: {
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly topicArn: string;
}): Notifier {
  const { sns, eventBridge, topicArn } = options;
  return {
    notify: async (notice) => {
      await sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subjectOf(notice.subject),
          // Chats subscribe by HTTPS; everybody else reads the text.
          MessageStructure: 'json',
          Message: JSON.stringify({
            default: notice.body,
            https: JSON.stringify(chatMessage(notice)),
          }),
          MessageAttributes: {
            verdict: { DataType: 'String', StringValue: notice.verdict },
            // By it a receiver knows a message that comes a second time.
            runId: { DataType: 'String', StringValue: notice.runId },
          },
        }),
      );
    },

    publish: async (event) => {
      const { FailedEntryCount, Entries } = await eventBridge.send(
        new PutEventsCommand({
          Entries: [
            {
              Source: verdictEvent.source,
              DetailType: verdictEvent.detailType,
              Detail: JSON.stringify(event),
            },
          ],
        }),
      );
      if ((FailedEntryCount ?? 0) === 0) return;
      throw new SteadfastError(
        'internal',
        `EventBridge did not take the verdict: ${Entries?.[0]?.ErrorMessage ?? 'no reason given'}`,
      );
    },

    approvalWanted: (notice) => tellApprovalWanted({ sns, eventBridge, topicArn, subjectOf }, notice),
  };
}
