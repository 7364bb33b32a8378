import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createProberCall } from '../../lib/aws/call-prober.ts';

const client = new LambdaClient({ region: 'eu-west-1' });
const lambda = mockClient(client);
const call = createProberCall(client, 'steadfast-staging-probe-zoneA');

const batch = { services: {}, secrets: {}, selfCheckWorks: true, looks: false, probes: {}, asks: [] };
const answer = { beganMs: 1, endedMs: 2, outcomes: [{ status: 200, latencyMs: 12 }] };

/** A payload as the SDK gives it: bytes that can also say their text. */
const bytes = (text: string) =>
  Object.assign(new Uint8Array(Buffer.from(text)), { transformToString: () => text });

beforeEach(() => {
  lambda.reset();
});

describe('calling the function of a vantage point', () => {
  it('hands it the batch, waits, and reads what it answers', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: bytes(JSON.stringify(answer)) });
    expect(await call(batch, new AbortController().signal)).toEqual(answer);
    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toEqual({
      FunctionName: 'steadfast-staging-probe-zoneA',
      InvocationType: 'RequestResponse',
      Payload: JSON.stringify(batch),
    });
  });

  it('says so when the function fails, and when it answers something else', async () => {
    lambda
      .on(InvokeCommand)
      .resolvesOnce({
        FunctionError: 'Unhandled',
        Payload: bytes('{"errorType":"Error","errorMessage":"no"}'),
      })
      .resolvesOnce({ Payload: bytes('{"outcomes":"all well"}') })
      .resolvesOnce({});
    const { signal } = new AbortController();
    await expect(call(batch, signal)).rejects.toThrow('steadfast-staging-probe-zoneA failed: Error: no');
    await expect(call(batch, signal)).rejects.toThrow('answered something else than outcomes');
    await expect(call(batch, signal)).rejects.toThrow('answered something else than outcomes');
  });

  it('calls once, also when Lambda is throttled', async () => {
    lambda
      .on(InvokeCommand)
      .rejects(Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' }));
    await expect(call(batch, new AbortController().signal)).rejects.toThrow('Rate Exceeded.');
    expect(lambda.commandCalls(InvokeCommand)).toHaveLength(1);
  });
});
