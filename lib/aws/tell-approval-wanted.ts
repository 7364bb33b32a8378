import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { ApprovalNotice } from '../run/approvals.ts';

/** Asks for an approval twice: people by SNS, systems by an event (`steadfast`, `Approval wanted`). Neither waits for the other. */
export async function tellApprovalWanted(
  options: {
    readonly sns: SNSClient;
    readonly eventBridge: EventBridgeClient;
    readonly topicArn: string;
    readonly subjectOf: (text: string) => string;
  },
  { runId, request, production, subject, body }: ApprovalNotice,
): Promise<void> {
  const detail = {
    runId,
    experiment: request.experiment,
    environment: request.environment,
    production,
    hash: request.hash,
    expiresAt: new Date(request.expiresAtMs).toISOString(),
  };
  const inChat = {
    version: '1.0',
    source: 'custom',
    id: `${runId}-approval`,
    content: { textType: 'client-markdown', title: subject, description: body },
    metadata: { threadId: runId, summary: subject, eventType: 'Steadfast approval' },
  };
  const told = await Promise.allSettled([
    options.sns.send(
      new PublishCommand({
        TopicArn: options.topicArn,
        Subject: options.subjectOf(subject),
        MessageStructure: 'json',
        Message: JSON.stringify({ default: body, https: JSON.stringify(inChat) }),
        MessageAttributes: {
          approval: { DataType: 'String', StringValue: 'wanted' },
          runId: { DataType: 'String', StringValue: runId },
        },
      }),
    ),
    options.eventBridge
      .send(
        new PutEventsCommand({
          Entries: [{ Source: 'steadfast', DetailType: 'Approval wanted', Detail: JSON.stringify(detail) }],
        }),
      )
      .then(({ FailedEntryCount, Entries }) => {
        if ((FailedEntryCount ?? 0) === 0) return;
        const why = Entries?.[0]?.ErrorMessage ?? 'no reason given';
        throw new SteadfastError('internal', `EventBridge did not take that an approval is wanted: ${why}`);
      }),
  ]);
  for (const one of told) if (one.status === 'rejected') throw one.reason;
}
