import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { ApprovalNotice } from '../run/approvals.ts';
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
