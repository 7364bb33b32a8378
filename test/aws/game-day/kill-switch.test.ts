import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FisClient, ListExperimentsCommand } from '@aws-sdk/client-fis';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { createDynamoHalts } from '../../../lib/aws/dynamo-halts.ts';
import { createAwsKillSwitch } from '../../../lib/aws/game-day/kill-switch.ts';
import type { Person } from '../../../lib/game-day/actor.ts';
import { createFakeTable } from '../../fakes/fake-aws-table.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const edition = 'payment-outage-20261201-180000-4fzk';
const bea: Person = { proof: 'role', role: 'observer', claimed: 'Bea' };
const table = 'steadfast-staging';

/** The kill switch's machine as it answers, and what there is of the environment. */
function world(answer: Partial<DescribeExecutionCommandOutput>) {
  const region = 'eu-west-1';
  const { dynamo } = createFakeTable();
  const clock = createVirtualClock();
  const [sfn, fis] = [new SFNClient({ region }), new FisClient({ region })];
  const machine = mockClient(sfn);
  machine.on(StartExecutionCommand).resolves({ executionArn: 'arn:halt' });
  machine.on(DescribeExecutionCommand).resolves(answer);
  mockClient(fis).on(ListExperimentsCommand).resolves({ experiments: [] });
  const eventBridge = new EventBridgeClient({ region });
  mockClient(eventBridge).onAnyCommand().resolves({ FailedEntryCount: 0 });
  const sns = new SNSClient({ region });
  mockClient(sns).onAnyCommand().resolves({});
  const killSwitch = createAwsKillSwitch({
    clients: { dynamo, eventBridge, fis, sfn, sns },
    clock,
    environment: 'staging',
    table,
    topicArn: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
    haltArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-halt-staging',
  });
  const requests = () =>
    machine
      .commandCalls(StartExecutionCommand)
      .map((call): unknown => JSON.parse(call.args[0].input.input ?? ''));
  const isLocked = async () =>
    (await createDynamoHalts({ dynamo, table, clock }).requested('any run')) !== undefined;
  return { killSwitch, requests, isLocked };
}

const report = { locked: true, stopped: [{ id: 'EXP1' }], runs: ['run-1'], safetyLever: 'not asked for' };

it('is the environment’s own machine, started in the name of whoever pressed, and tells what it has stopped', async () => {
  const { killSwitch, requests } = world({ status: 'SUCCEEDED', output: JSON.stringify(report) });
  const { stopped } = await killSwitch.halt(edition, 'w'.repeat(600), bea);
  expect(stopped).toBe(
    'the end of EXP1 was asked for; run-1 conclude; nothing starts until go is given again',
  );
  expect(requests()).toEqual([
    {
      reason: `${'w'.repeat(499)}…`,
      by: `game day ${edition}: observer: Bea (the role is proven by IAM; the name is claimed)`,
    },
  ]);
});

it.each([
  ['fails', { status: 'FAILED', cause: 'the table is away' } as const, /the table is away/],
  ['says what nobody can read', { status: 'SUCCEEDED', output: '{}' } as const, /could not do all of it/],
  ['does not answer', { status: 'RUNNING' } as const, /has not answered within 10 s/],
])(
  'does the same from here where the machine %s, and is released by its own edition alone',
  async (_, answer, why) => {
    const { killSwitch, isLocked } = world(answer);
    expect((await killSwitch.halt(edition, 'enough', bea)).stopped).toMatch(why);
    expect(await isLocked()).toBe(true);
    await killSwitch.release('another-20261201-180000-0000');
    expect(await isLocked()).toBe(true);
    await killSwitch.release(edition);
    expect(await isLocked()).toBe(false);
  },
);
