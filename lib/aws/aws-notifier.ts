import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../run/ports.ts';
import { verdictEvent } from '../run/verdict-event.ts';
import { putEvent } from './put-event.ts';
import { tellApprovalWanted } from './tell-approval-wanted.ts';
import { topicMessage } from './topic-message.ts';

/** Tells people by SNS, and systems by an event (`steadfast`, `Verdict`). */
export function createAwsNotifier(options: {
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly topicArn: string;
}): Notifier {
  const { sns, eventBridge, topicArn } = options;
  return {
    notify: async ({ runId, verdict, subject, body, chat }) => {
      const attributes = { verdict, runId };
      const message = { thread: runId, kind: 'Steadfast verdict', subject, body, chat, attributes };
      await sns.send(new PublishCommand(topicMessage(topicArn, message)));
    },

    publish: (event) => putEvent(eventBridge, verdictEvent.detailType, event, 'the verdict'),

    approvalWanted: (notice) => tellApprovalWanted({ sns, eventBridge, topicArn }, notice),
  };
}
