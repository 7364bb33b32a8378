import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createLambdaTraffic } from '../../lib/aws/lambda-traffic.ts';
import { runnerInput, slowDatabase } from '../fakes/fake-aws-input.ts';
import { createFakeTraffic } from '../fakes/fake-traffic.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itMakesTraffic } from '../run/traffic-contract.ts';

const payloadSchema = z.looseObject({
  runId: z.string(),
  action: z.enum(['start', 'keep', 'stop']),
  fromMs: z.number(),
  untilMs: z.number(),
});

function setUp() {
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  const clock = createVirtualClock();
  const input = runnerInput({
    definition: {
      ...slowDatabase,
      traffic: { lambda: { function: 'shoppers', payload: { perSecond: 20 } } },
    },
    functions: { shoppers: 'shop-shoppers' },
  });
  return { functions: mockClient(lambda), clock, traffic: createLambdaTraffic({ lambda, clock, input }) };
}

const payloadOf = ({ Payload }: InvokeCommandInput) =>
  payloadSchema.parse(JSON.parse(typeof Payload === 'string' ? Payload : ''));

const request = { runId: 'run-1', fromMs: 1_000, untilMs: 2_000 } as const;

describe('traffic by a Lambda function', () => {
  itMakesTraffic(async () => {
    const { functions, clock, traffic } = setUp();
    // A function that keeps to its contract.
    const team = createFakeTraffic(clock);
    functions.on(InvokeCommand).callsFake(async (input: InvokeCommandInput) => {
      await team.ask(payloadOf(input));
      return { StatusCode: 202 };
    });
    return { traffic, nowMs: () => clock.now(), running: async () => team.running() };
  });

  it('is told the run, the action and the time besides its payload, and not waited for', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).resolves({ StatusCode: 202 });
    await traffic.ask({ ...request, action: 'start' });
    const { input } = functions.commandCalls(InvokeCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({ FunctionName: 'shop-shoppers', InvocationType: 'Event' });
    expect(input && payloadOf(input)).toEqual({ perSecond: 20, action: 'start', ...request });
  });

  it('is waited for until it has stopped', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).resolves({ StatusCode: 200 });
    await traffic.ask({ ...request, action: 'stop' });
    expect(functions.commandCalls(InvokeCommand)[0]?.args[0].input).toMatchObject({
      InvocationType: 'RequestResponse',
    });
  });

  it('fails where the function does', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).resolves({ StatusCode: 200, FunctionError: 'Unhandled' });
    await expect(traffic.ask({ ...request, action: 'stop' })).rejects.toThrow(
      'the function shop-shoppers failed as it was to stop',
    );
  });

  it('is refused with the permission that is missing', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    await expect(traffic.ask({ ...request, action: 'start' })).rejects.toMatchObject({ code: 'permission' });
  });

  it('passes on what else went wrong', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).rejects(new Error('no such function'));
    await expect(traffic.ask({ ...request, action: 'start' })).rejects.toThrow('no such function');
  });

  it('is given up when the function does not answer', async () => {
    const { functions, traffic } = setUp();
    functions.on(InvokeCommand).callsFake(
      (_input, _get) =>
        new Promise((_resolve, reject) => {
          setImmediate(() => setImmediate(() => reject(new Error('aborted'))));
        }),
    );
    await expect(traffic.ask({ ...request, action: 'stop' })).rejects.toThrow(
      /took longer than 30 s to stop|aborted/,
    );
  });
});
