import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createAwsNotifier } from '../../lib/aws/aws-notifier.ts';
import { request } from '../run/approvals-contract.ts';

function setUp() {
  const sns = new SNSClient({ region: 'eu-west-1' });
  const eventBridge = new EventBridgeClient({ region: 'eu-west-1' });
  const mocks = { topic: mockClient(sns), bus: mockClient(eventBridge) };
  mocks.topic.on(PublishCommand).resolves({});
  mocks.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  const notifier = createAwsNotifier({
    sns,
    eventBridge,
    topicArn: 'arn:aws:sns:eu-west-1:111122223333:runs',
  });
  const body = 'npx steadfast approve run-1 --env staging';
  const ask = () =>
    notifier.approvalWanted({ runId: 'run-1', request, production: false, subject: 'Approve – it?', body });
  return { ...mocks, ask, body };
}

describe('telling that an approval is wanted', () => {
  it('reaches people by SNS, and systems as an event', async () => {
    const { ask, topic, bus, body } = setUp();
    await ask();
    const { input } = topic.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(JSON.parse(input?.Message ?? '')).toMatchObject({ default: body });
    expect(input).toMatchObject({
      Subject: 'Approve   it?',
      MessageAttributes: { approval: { StringValue: 'wanted' } },
    });
    const [entry] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({ Source: 'steadfast', DetailType: 'Approval wanted' });
    expect(JSON.parse(entry?.Detail ?? '')).toMatchObject({
      runId: 'run-1',
      hash: request.hash,
      expiresAt: '2026-01-01T00:01:00.000Z',
    });
  });

  it('reaches the one where the other fails, and then says that it failed', async () => {
    const { ask, topic, bus } = setUp();
    topic.on(PublishCommand).rejects(new Error('the topic is gone'));
    await expect(ask()).rejects.toThrow('the topic is gone');
    expect(bus.calls()).toHaveLength(1);
  });

  it('fails when EventBridge answers well but did not take the event', async () => {
    const { ask, bus } = setUp();
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'too large' }] });
    await expect(ask()).rejects.toThrow('did not take that an approval is wanted: too large');
  });
});
