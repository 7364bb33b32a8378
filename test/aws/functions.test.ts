import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createFunctions } from '../../lib/aws/functions.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itCallsFunctions } from '../run/looks-contract.ts';

function setUp() {
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  const clock = createVirtualClock();
  const functions = { echo: 'shop-echo', dies: 'shop-dies', hangs: 'shop-hangs' };
  return { mock: mockClient(lambda), clock, functions: createFunctions({ lambda, clock, functions }) };
}

const bytes = (text: string) => new TextEncoder().encode(text);

itCallsFunctions(async () => {
  const { mock, clock, functions } = setUp();
  mock.on(InvokeCommand).callsFake(async ({ FunctionName, Payload }: InvokeCommandInput) => {
    if (FunctionName === 'shop-echo') return { Payload: bytes(typeof Payload === 'string' ? Payload : '') };
    if (FunctionName === 'shop-dies')
      return { FunctionError: 'Unhandled', Payload: bytes('{"errorMessage":"it ran out of memory"}') };
    await clock.sleep(60);
    throw new Error('Request aborted');
  });
  return functions;
});

describe('a Lambda function that looks', () => {
  it('is called by the name that the environment gives it, and waited for', async () => {
    const { mock, functions } = setUp();
    mock.on(InvokeCommand).callsFake(() => ({ Payload: bytes('{}') }));
    await functions.call('echo', '{"a":1}', 1_000);
    expect(mock.commandCalls(InvokeCommand)[0]?.args[0].input).toEqual({
      FunctionName: 'shop-echo',
      InvocationType: 'RequestResponse',
      Payload: '{"a":1}',
    });
  });

  it('leaves nobody waiting for its time to be up', async () => {
    const { mock, clock, functions } = setUp();
    mock.on(InvokeCommand).callsFake(() => ({ Payload: bytes('{}') }));
    await functions.call('echo', '{}', 60_000);
    expect(clock.sleepers).toBe(0);
  });

  it('passes on that it was throttled', async () => {
    const { mock, functions } = setUp();
    mock.rejects(Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' }));
    await expect(functions.call('echo', '{}', 1_000)).rejects.toThrow('Rate Exceeded.');
  });
});
