import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createAwsNotifier } from '../../lib/aws/aws-notifier.ts';
import type { Notice } from '../../lib/run/notice.ts';
import { verdictEventOf } from '../../lib/run/verdict-event.ts';
import { verdictEventSchema } from '../../lib/run/verdict-event-schema.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';

function setUp() {
  const sns = new SNSClient({ region: 'eu-west-1' });
  const eventBridge = new EventBridgeClient({ region: 'eu-west-1' });
  const mocks = { topic: mockClient(sns), bus: mockClient(eventBridge) };
  mocks.topic.on(PublishCommand).resolves({});
  mocks.bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  const topicArn = 'arn:aws:sns:eu-west-1:111122223333:runs';
  return { ...mocks, notifier: createAwsNotifier({ sns, eventBridge, topicArn }) };
}

const notice: Notice = {
  verdict: 'deviated',
  runId: 'run-1',
  subject: `slow-database in staging: deviated – ${'x'.repeat(200)}`,
  body: 'The p95 of products was missed.',
  chat: {
    title: 'A slow database (staging)',
    description: `**deviated** ${'y'.repeat(9_000)}`,
    nextSteps: ['Look at the run'],
    keywords: ['deviated'],
  },
};

const messageSchema = z.strictObject({ default: z.string(), https: z.string() });

describe('telling of a verdict', () => {
  it('goes to people by SNS, with a subject that an e-mail can have and what tells a second message', async () => {
    const { notifier, topic } = setUp();
    await notifier.notify(notice);
    const { input } = topic.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({
      MessageStructure: 'json',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:runs',
      MessageAttributes: { verdict: { StringValue: 'deviated' }, runId: { StringValue: 'run-1' } },
    });
    expect(messageSchema.parse(JSON.parse(input?.Message ?? '')).default).toBe(notice.body);
    expect(input?.Subject).toMatch(/^slow-database in staging: deviated [\x20-\x7e]{1,65}$/);
    expect(input?.Subject?.length).toBeLessThan(100);
  });

  it('has the form that chats show, within their limits, in one thread for a run', async () => {
    const { notifier, topic } = setUp();
    await notifier.notify(notice);
    const { Message = '' } = topic.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
    const chat: unknown = JSON.parse(messageSchema.parse(JSON.parse(Message)).https);
    expect(chat).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'A slow database (staging)',
        description: `${notice.chat.description.slice(0, 7_999)}…`,
        nextSteps: ['Look at the run'],
      },
      metadata: { threadId: 'run-1' },
    });
  });

  it('goes to systems as an event of the published form', async () => {
    const { notifier, bus } = setUp();
    const event = verdictEventOf(journalOf({ verdict: 'deviated' }), ['shop']);
    await notifier.publish(event);
    const [entry] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({ Source: 'steadfast', DetailType: 'Verdict' });
    expect(verdictEventSchema.parse(JSON.parse(entry?.Detail ?? ''))).toEqual(event);
  });

  it('fails when EventBridge answers well but did not take the event', async () => {
    const { notifier, bus } = setUp();
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'too large' }] });
    await expect(notifier.publish(verdictEventOf(journalOf(), []))).rejects.toThrow('too large');
  });
});
