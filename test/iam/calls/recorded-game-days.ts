import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { createScribeHandler } from '../../../lambdas/scribe-handler.ts';
import { createDynamoApprovals } from '../../../lib/aws/dynamo-approvals.ts';
import { checkLaunchers } from '../../../lib/aws/game-day/check-launchers.ts';
import { createDynamoLog } from '../../../lib/aws/game-day/dynamo-log.ts';
import { createEditions, type Edition } from '../../../lib/aws/game-day/editions.ts';
import { createAwsFigures } from '../../../lib/aws/game-day/figures.ts';
import { createGameDayPorts } from '../../../lib/aws/game-day/ports.ts';
import { createS3Inputs } from '../../../lib/aws/game-day/s3-inputs.ts';
import { createFisExperiments } from '../../../lib/aws/independent/fis-experiments.ts';
import { createS3RunNotes } from '../../../lib/aws/s3-run-notes.ts';
import { runKey } from '../../../lib/aws/table-keys.ts';
import type { NewEntry } from '../../../lib/game-day/entry.ts';
import { environmentNames } from '../../../lib/plan/environment-names.ts';
import { gameDayApprovalPartition } from '../../../lib/plan/table-partitions.ts';
import { quietLog } from '../../end-to-end/aws-run.ts';
import { runnerInput } from '../../fakes/fake-aws-input.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';
import { createStopWorld } from '../../lambdas/stop-world.ts';
import { environment } from './deployed.ts';
import { type SentCall, told } from './recorded-calls.ts';

const names = environmentNames(environment);
const edition = 'slow-day-20261201-180000-4fzk';
const run = `${edition}-1-1`;
const commandSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });
const input = gameDayInput({
  id: 'slow-day',
  stages: gameDayInput().stages.map((stage) => ({
    ...stage,
    launcher: names.launcherArn('slow-database'),
  })),
});

/** An account in which everything works but, where it is said, the machine of the kill switch. */
function createAccount(by: SentCall['by'], calls: SentCall[]) {
  const world = createStopWorld();
  const { clock } = world;
  const sfn = new SFNClient({ region: environment.region });
  const machines = mockClient(sfn);
  const halting = names.haltExecutionsArn.replace('*', '1');
  const answer = JSON.stringify({ locked: true, stopped: [], runs: [], safetyLever: 'not asked for' });
  const machineWorks = (works: boolean) => {
    if (works) machines.on(StartExecutionCommand).resolves({ executionArn: halting });
    else machines.on(StartExecutionCommand).rejects(new Error('no machine'));
  };
  machineWorks(true);
  machines
    .on(DescribeExecutionCommand, { executionArn: halting })
    .resolves({ status: 'SUCCEEDED', output: answer })
    .on(DescribeExecutionCommand, { executionArn: execution })
    .resolves({ status: 'RUNNING' })
    .on(DescribeStateMachineCommand)
    .resolves({ definition: '$$.Execution.Input.gameDay' });
  const cloudTrail = new CloudTrailClient({ region: environment.region });
  mockClient(cloudTrail).on(LookupEventsCommand).resolves({ Events: [] });
  const cloudWatch = new CloudWatchClient({ region: environment.region });
  mockClient(cloudWatch).on(DescribeAlarmsCommand).resolves({ MetricAlarms: [] });
  const tell = (command: object) =>
    void calls.push({ by, command: command.constructor.name, input: commandSchema.parse(command).input });
  const { dynamo, s3, fis, sns, eventBridge } = world.clients;
  const clients = {
    dynamo: told(dynamo, tell),
    s3: told(s3, tell),
    fis: told(fis, tell),
    sns: told(sns, tell),
    eventBridge: told(eventBridge, tell),
    sfn: told(sfn, tell),
    cloudWatch: told(cloudWatch, tell),
    cloudTrail: told(cloudTrail, tell),
  };
  return { world, clients, clock, machineWorks };
}

const place = { table: names.table, bucket: names.bucket };

/** All that steps, the desk and the widgets ask through their ports; a few things are the steps' own. */
async function recordActing(by: 'desk' | 'game-day' | 'widget', calls: SentCall[]): Promise<void> {
  const { world, clients, clock, machineWorks } = createAccount(by, calls);
  const { topicArn, id: environmentId } = names;
  const ports = createGameDayPorts({ ...place, clients, clock, environment: environmentId, topicArn });
  const editions = createEditions({ dynamo: clients.dynamo, table: names.table });
  // What others have done is nothing that the function asks.
  const others = { ...place, dynamo: world.clients.dynamo, clock };
  await createS3Inputs({ bucket: names.bucket, s3: world.clients.s3 }).save(edition, input);

  if (by === 'game-day') {
    await checkLaunchers(clients.sfn, input);
    await editions.save(openEdition);
    await ports.inputs.save(edition, input);
  }
  await editions.all();
  await ports.inputs.load(edition);
  await ports.log.append(edition, 0, [began]);
  await ports.log.append(edition, 1, [
    { kind: 'note', at: openEdition.beganAt, by: { proof: 'steadfast' }, text: 'it goes on' },
  ]);
  await ports.log.read(edition);

  await world.begin(run);
  const request = { ...requestOf(run), expiresAtMs: clock.now() + 60_000, askedAtMs: clock.now() };
  await createDynamoApprovals({ ...others, partition: gameDayApprovalPartition }).ask(run, request);
  await createS3RunNotes({ bucket: names.bucket, s3: world.clients.s3 }).saveInput(
    run,
    JSON.stringify(runnerInput()),
  );
  await ports.runs.look(run);
  await ports.runs.answer(run, { answer: 'approved', hash: request.hash, by: 'somebody', atMs: clock.now() });
  if (by === 'game-day') await ports.runs.end(run, 'its time is up');
  else await createAwsFigures({ s3: clients.s3, bucket: names.bucket })(run);

  // Its run has ended.
  world.table.items.delete(`LIVE RUN#${run}`);
  const ended = { ...runKey(run), verdict: 'held', summary: 'It held.', end: openEdition.beganAt };
  world.table.items.set(`${ended.pk} ${ended.sk}`, ended);
  await ports.runs.look(run);

  // By its machine, then from here; FIS is asked of what somebody started by hand, and of what has ended meanwhile.
  const stops = createFisExperiments({ fis: clients.fis, environment: environmentId });
  for (const works of [true, false]) {
    machineWorks(works);
    await world.startByHand('EXT1');
    await ports.killSwitch.halt(edition, 'enough', { proof: 'role', role: 'observer' });
    await ports.killSwitch.release(edition);
  }
  await clock.sleep(60_000);
  await stops.stop('EXP1');
}

const execution = names.gameDayExecutionsArn.replace('*:*', 'slow-day:one');

const openEdition: Edition = {
  edition,
  gameDay: 'slow-day',
  title: 'The database is slow',
  beganAt: '2026-05-01T09:00:00.000Z',
  execution,
};

const began: NewEntry = {
  kind: 'began',
  at: openEdition.beganAt,
  by: { proof: 'steadfast' },
  gameDay: 'slow-day',
  hash: input.hash,
  endsAt: openEdition.beganAt,
};

const requestOf = (runId: string) => ({
  hash: `hash of ${runId}`,
  experiment: 'slow-database',
  title: 'A slow database',
  environment: environment.id,
  stages: [],
  targets: [],
});

/** What the scribe asks each minute, when an alarm changes, and for a game day that is overdue. */
async function recordScribe(calls: SentCall[]): Promise<void> {
  const { world, clients, clock } = createAccount('scribe', calls);
  await createEditions({ dynamo: world.clients.dynamo, table: names.table }).save({
    ...openEdition,
    beganAt: new Date(clock.now()).toISOString(),
  });
  await createS3Inputs({ bucket: names.bucket, s3: world.clients.s3 }).save(edition, input);
  await createDynamoLog({ dynamo: world.clients.dynamo, table: names.table, clock }).append(edition, 0, [
    began,
  ]);
  const handler = createScribeHandler({
    variables: {
      STEADFAST_ENVIRONMENT: names.id,
      STEADFAST_TABLE: names.table,
      STEADFAST_BUCKET: names.bucket,
      STEADFAST_TOPIC_ARN: names.topicArn,
      STEADFAST_GAME_DAYS: JSON.stringify([{ id: 'rare-day', title: 'Rarely held', cadence: 'monthly' }]),
    },
    clients,
    clock,
    log: quietLog,
  });
  const tick = { source: 'aws.events', 'detail-type': 'Scheduled Event' };
  await clock.sleep(60_000);
  await handler(tick);
  await handler({
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    time: new Date(clock.now()).toISOString(),
    resources: [names.arn('cloudwatch', 'alarm:queueAge')],
    detail: { alarmName: 'queueAge', state: { value: 'ALARM', reason: 'too old' } },
  });
  await clock.sleep(60 * 86_400_000);
  await handler(tick);
}

/** Every call that the functions of game days send. */
export async function recordGameDays(): Promise<SentCall[]> {
  const calls: SentCall[] = [];
  for (const by of ['game-day', 'desk', 'widget'] as const) await recordActing(by, calls);
  await recordScribe(calls);
  return calls;
}
