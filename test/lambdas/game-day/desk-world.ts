import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FisClient } from '@aws-sdk/client-fis';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { createDeskHandler } from '../../../lambdas/desk-handler.ts';
import { createWidgetHandler } from '../../../lambdas/widget-handler.ts';
import { createEditions } from '../../../lib/aws/game-day/editions.ts';
import { createGameDayPorts } from '../../../lib/aws/game-day/ports.ts';
import type { RoleName } from '../../../lib/experiment/role-names.ts';
import type { Person } from '../../../lib/game-day/actor.ts';
import { carryOut } from '../../../lib/game-day/carry-out.ts';
import type { Command } from '../../../lib/game-day/command.ts';
import type { GameDayInput } from '../../../lib/game-day/input.ts';
import { stepGameDay } from '../../../lib/game-day/step.ts';
import { createFakeBucket } from '../../fakes/fake-aws-bucket.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';
import { people } from '../../fakes/game-day/game-day-world.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

export const edition = 'payment-outage-20261201-180000-4fzk';

const endpoint = (role: RoleName) =>
  `arn:aws:lambda:eu-west-1:111111111111:function:steadfast-staging-view-${role}`;

const variables = {
  STEADFAST_ENVIRONMENT: 'staging',
  STEADFAST_TABLE: 'steadfast-staging',
  STEADFAST_BUCKET: 'steadfast-staging-111111111111',
  STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
};

/** What the kill switch's machine answers. */
const halted = JSON.stringify({ locked: true, stopped: [], runs: [], safetyLever: 'not asked for' });

/** The real functions of an environment over a table, a bucket and a kill switch in memory. */
export function createDeskWorld() {
  const table = createFakeTable({ pageSize: 50 });
  const bucket = createFakeBucket({ pageSize: 1_000 });
  const clock = createVirtualClock({ startMs: Date.parse('2026-12-01T18:00:00.000Z') });
  const region = 'eu-west-1';
  const sfn = new SFNClient({ region });
  const killSwitch = mockClient(sfn);
  killSwitch.on(StartExecutionCommand).resolves({ executionArn: 'arn:halt:1' });
  killSwitch.on(DescribeExecutionCommand).resolves({ status: 'SUCCEEDED', output: halted });
  const clients = {
    dynamo: table.dynamo,
    s3: bucket.s3,
    sfn,
    eventBridge: new EventBridgeClient({ region }),
    fis: new FisClient({ region }),
    sns: new SNSClient({ region }),
  };
  const logged: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => void logged.push(line),
    error: (...line: unknown[]) => void logged.push(line),
  };
  const ports = createGameDayPorts({
    clients,
    clock,
    environment: 'staging',
    table: variables.STEADFAST_TABLE,
    bucket: variables.STEADFAST_BUCKET,
    topicArn: variables.STEADFAST_TOPIC_ARN,
  });
  const editions = createEditions({ dynamo: table.dynamo, table: variables.STEADFAST_TABLE });
  const act = (person: Person, command: Command) => carryOut(ports, { edition, person, command });
  const desk = createDeskHandler({ variables, clients, clock, log });

  return {
    table,
    bucket,
    clock,
    killSwitch,
    logged,
    editions,
    act,
    entries: () => ports.log.read(edition),
    /** An edition begins. */
    begin: async (change: Partial<GameDayInput> = {}, name = edition) => {
      const input = gameDayInput(change);
      const startedAt = '2026-12-01T18:00:00.000Z';
      await stepGameDay(ports, {
        step: 'begin',
        state: { input },
        execution: { id: 'arn:execution', name, startedAt },
      });
      await editions.save({
        edition: name,
        gameDay: input.id,
        title: input.title,
        beganAt: startedAt,
        execution: 'arn:execution',
      });
    },
    /** Go is proposed by the operator. */
    proposeGo: async () => {
      for (const item of ['roles', 'halt']) await act(people.sue, { do: 'check', item, done: true });
      await act(people.olga, { do: 'propose', proposal: { what: 'go' } });
    },
    /** The dashboard of a role: what CloudWatch sends, with what a button holds and what was typed. */
    widget: (role: RoleName) => {
      const handler = createWidgetHandler({
        variables: { ...variables, STEADFAST_ROLE: role },
        clients,
        clock,
        log,
      });
      return (
        sent: unknown = {},
        typed: Readonly<Record<string, string>> = {},
        params: unknown = { gameDay: 'payment-outage' },
      ) =>
        handler(
          {
            ...(typeof sent === 'object' ? sent : {}),
            widgetContext: { theme: 'dark', params, forms: { all: typed }, accountId: '111111111111' },
          },
          { invokedFunctionArn: endpoint(role), awsRequestId: 'request-1' },
        );
    },
    /** A call of the function URL, as AWS hands it on; `callerArn` is who signed it. */
    desk: async (
      callerArn: string | undefined,
      method: 'GET' | 'POST',
      rawPath: string,
      rest: { readonly query?: Readonly<Record<string, string>>; readonly body?: string } = {},
    ) => {
      const { statusCode, body } = await desk(
        {
          version: '2.0',
          rawPath,
          ...(rest.query === undefined ? {} : { queryStringParameters: rest.query }),
          ...(rest.body === undefined ? {} : { body: rest.body }),
          requestContext: {
            http: { method, path: rawPath },
            ...(callerArn === undefined ? {} : { authorizer: { iam: { userArn: callerArn } } }),
          },
        },
        { awsRequestId: 'request-2' },
      );
      return { status: statusCode, answer: JSON.parse(body) as unknown };
    },
  };
}

export const callers = {
  olga: 'arn:aws:sts::111111111111:assumed-role/Operators/olga',
  bea: 'arn:aws:sts::111111111111:assumed-role/Observers/bea',
  carl: 'arn:aws:sts::111111111111:assumed-role/OnCall/carl',
  nobody: 'arn:aws:sts::111111111111:assumed-role/Accountants/mallory',
} as const;
