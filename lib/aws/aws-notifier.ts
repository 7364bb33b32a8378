import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Notifier } from '../run/ports.ts';

/** SNS's rules for the subject of an e-mail: printable ASCII, under 100 characters (Publish, API reference). */
const subjectOf = (text: string) =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 99);

/** Tells of a verdict twice: people by SNS, systems by an event (`steadfast`, `Verdict`). Neither waits for the other. */
export function createAwsNotifier(options: {
  readonly sns: SNSClient;
  readonly eventBridge: EventBridgeClient;
  readonly topicArn: string;
}): Notifier {
  const { sns, eventBridge, topicArn } = options;
  return {
    notify: async ({ verdict, subject, body, journal }) => {
      const { runId, experiment, environment, summary, start, end, findings } = journal;
      const detail = {
        runId,
        experiment: experiment.id,
        environment: environment.id,
        production: environment.production,
        verdict,
        summary,
        start,
        end,
        findings: [...new Set(findings.map(({ code }) => code))],
      };
      const told = await Promise.allSettled([
        sns.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subjectOf(subject),
            Message: body,
            MessageAttributes: { verdict: { DataType: 'String', StringValue: verdict } },
          }),
        ),
        eventBridge
          .send(
            new PutEventsCommand({
              Entries: [{ Source: 'steadfast', DetailType: 'Verdict', Detail: JSON.stringify(detail) }],
            }),
          )
          .then(({ FailedEntryCount, Entries }) => {
            if ((FailedEntryCount ?? 0) === 0) return;
            throw new SteadfastError(
              'internal',
              `EventBridge did not take the verdict: ${Entries?.[0]?.ErrorMessage ?? 'no reason given'}`,
            );
          }),
      ]);
      const failures = told.filter((result) => result.status === 'rejected');
      if (failures.length > 0) {
        throw new SteadfastError('internal', `the verdict of run ${runId} could not be told to everyone`, {
          hint: 'it is in the journal all the same',
          cause:
            failures.length === 1
              ? failures[0]?.reason
              : new AggregateError(failures.map(({ reason }): unknown => reason)),
        });
      }
    },
  };
}
