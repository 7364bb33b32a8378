import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { ApprovalNotice } from '../run/approvals.ts';
import { putEvent } from './put-event.ts';
import { topicMessage } from './topic-message.ts';

/** Asks for an approval twice: people by SNS, systems by an event (`steadfast`, `Approval wanted`). Neither waits for the other. */
export async function tellApprovalWanted(
  options: {
    readonly sns: SNSClient;
    readonly eventBridge: EventBridgeClient;
    readonly topicArn: string;
  },
  { runId, request, production, subject, body }: ApprovalNotice,
): Promise<void> {
  const detail = {
    runId,
    experiment: request.experiment,
    environment: request.environment,
    production,
    hash: request.hash,
    ...(request.gameDay === undefined ? {} : { gameDay: request.gameDay }),
    expiresAt: new Date(request.expiresAtMs).toISOString(),
  };
  const message = {
    thread: runId,
    kind: 'Steadfast approval',
    subject,
    body,
    attributes: { approval: 'wanted', runId },
  };
  const told = await Promise.allSettled([
    options.sns.send(new PublishCommand(topicMessage(options.topicArn, message))),
    putEvent(options.eventBridge, 'Approval wanted', detail, 'that an approval is wanted'),
  ]);
  for (const one of told) if (one.status === 'rejected') throw one.reason;
}
