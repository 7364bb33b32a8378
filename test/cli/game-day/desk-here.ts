import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { DescribeStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand, type GetParameterCommandInput, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import type { Outside } from '../../../lib/cli/aws/outside.ts';
import type { Clock } from '../../../lib/run/ports.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { callers, createDeskWorld } from '../../lambdas/game-day/desk-world.ts';
import { serve } from '../../probing/loopback.ts';

type Name = keyof typeof callers;

/** Lambda before the function: it says by the signature who calls, and refuses whoever may not. */
function callerOf(authorization: string | undefined): string | undefined {
  const [, key] = /Credential=([a-z]+)\//.exec(authorization ?? '') ?? [];
  return Object.entries(callers).find(([name]) => name === key)?.[1];
}

/**
 * The real desk of an environment behind a URL of this machine, and the worlds of people whose commands call it: each signs with
 * credentials of their own.
 */
export async function deskHere(
  options: {
    /** What stands in the way of a call: Lambda's own answer. */
    readonly refuse?: () => { readonly status: number; readonly body: string } | undefined;
  } = {},
) {
  const world = createDeskWorld();
  const answerTo = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const refused = options.refuse?.();
    if (refused !== undefined) return refused;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://desk');
    const body = await text(request);
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const { status, answer } = await world.desk(callerOf(request.headers.authorization), method, pathname, {
      query: Object.fromEntries(searchParams),
      ...(body === '' ? {} : { body }),
    });
    return { status, body: JSON.stringify(answer) };
  };
  const url = await serve((request, response) => {
    void answerTo(request).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    );
  });
  const region = 'eu-west-1';

  /** The world of somebody at a terminal. */
  const at = (
    name: Name,
    more: {
      readonly answers?: readonly (string | undefined)[];
      readonly clock?: Clock;
      readonly url?: string;
    } = {},
  ) => {
    const ssm = new SSMClient({ region });
    const parameters: Readonly<Record<string, string>> = {
      '/steadfast/staging/game-days-url': more.url ?? url,
      '/steadfast/staging/table': 'steadfast-staging',
    };
    mockClient(ssm)
      .on(GetParameterCommand)
      .callsFake(({ Name: parameter = '' }: GetParameterCommandInput) => {
        const Value = parameters[parameter];
        if (Value === undefined || Value === '')
          throw Object.assign(new Error('none'), { name: 'ParameterNotFound' });
        return { Parameter: { Value } };
      });
    const sfn = new SFNClient({ region });
    const machines = mockClient(sfn);
    machines
      .on(DescribeStateMachineCommand)
      .rejects(Object.assign(new Error('none'), { name: 'StateMachineDoesNotExist' }));
    machines.on(StartExecutionCommand).resolves({ executionArn: 'arn:execution' });
    const fake = createFakeOutside({
      clients: { ssm, sfn },
      clock: more.clock ?? world.clock,
      ...(more.answers === undefined ? {} : { answers: more.answers }),
      caller: async () => ({ account: '111111111111', arn: callers[name] }),
    });
    const outside: Outside = {
      ...fake.outside,
      connect: async (choice) => ({
        ...(await fake.outside.connect(choice)),
        place: { region, credentials: { accessKeyId: name, secretAccessKey: 'secret' } },
      }),
    };
    return { ...fake, outside, machines };
  };

  return { world, at };
}
