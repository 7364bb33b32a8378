import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createAwsNotifier } from '../../lib/aws/aws-notifier.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';
import { containing, withFields } from '../fakes/matching.ts';

function setUp() {
  const sns = new SNSClient({ region: 'eu-west-1' });
  const eventBridge = new EventBridgeClient({ region: 'eu-west-1' });
  const mocks = { topic: mockClient(sns), bus: mockClient(eventBridge) };
  mocks.topic.on(PublishCommand).resolves({});
  mocks.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  return {
    ...mocks,
    notifier: createAwsNotifier({ sns, eventBridge, topicArn: 'arn:aws:sns:eu-west-1:111122223333:runs' }),
  };
}

const message = {
  verdict: 'deviated',
  subject: `slow-database in staging: deviated – ${'x'.repeat(200)}`,
  body: 'The p95 of products was missed.',
  journal: journalOf({ verdict: 'deviated' }),
} as const;

describe('telling of a verdict', () => {
  it('goes to people by SNS, with a subject that an e-mail can have', async () => {
    const { notifier, topic } = setUp();
    await notifier.notify(message);
    const { input } = topic.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({
      Message: message.body,
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:runs',
    });
    expect(input?.Subject).toMatch(/^slow-database in staging: deviated [\x20-\x7e]{1,65}$/);
    expect(input?.Subject?.length).toBeLessThan(100);
  });

  it('goes to systems as an event', async () => {
    const { notifier, bus } = setUp();
    await notifier.notify(message);
    const [entry] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({ Source: 'steadfast', DetailType: 'Verdict' });
    expect(JSON.parse(entry?.Detail ?? '')).toMatchObject({
      runId: 'run-1',
      experiment: 'slow-database',
      environment: 'staging',
      verdict: 'deviated',
    });
  });

  it('still reaches the one when the other fails, and then says that it failed', async () => {
    const { notifier, topic, bus } = setUp();
    topic.on(PublishCommand).rejects(new Error('the topic is gone'));
    await expect(notifier.notify(message)).rejects.toThrow('could not be told to everyone');
    expect(bus.calls()).toHaveLength(1);
  });

  it('fails when EventBridge answers well but did not take the event', async () => {
    const { notifier, bus } = setUp();
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'too large' }] });
    await expect(notifier.notify(message)).rejects.toMatchObject({
      cause: withFields({ message: containing('too large') }),
    });
  });
});
