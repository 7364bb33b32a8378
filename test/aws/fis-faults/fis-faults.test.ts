import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { StartExperimentCommand, StopExperimentCommand } from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createFaultBites } from '../../../lib/aws/fis-faults/fault-bites.ts';
import { createFaultPreviews } from '../../../lib/aws/fis-faults/fault-previews.ts';
import { createFaultStarts } from '../../../lib/aws/fis-faults/fault-starts.ts';
import { createRunningFaults } from '../../../lib/aws/fis-faults/running-faults.ts';
import type { FaultInjector } from '../../../lib/run/ports.ts';
import { runnerInput, taskArn } from '../../fakes/fake-aws-input.ts';
import { createFakeEc2 } from '../../fakes/fake-ec2.ts';
import { createFakeFis } from '../../fakes/fake-fis.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const arns = ['a', 'b', 'c'].map((id) => taskArn(id));

/** All that is done with faults, which the functions have in parts. */
const withAll = (options: Parameters<typeof createFaultBites>[0]): FaultInjector => ({
  ...createFaultPreviews(options),
  ...createFaultStarts(options),
  ...createRunningFaults(options),
  ...createFaultBites(options),
});

function setUp(options: Partial<Parameters<typeof createFakeFis>[0]> = {}, input = runnerInput()) {
  const clock = createVirtualClock();
  const templates = {
    EXT1: { durationMs: 120_000, faults: { slow: { actionId: 'aws:ecs:task-network-latency', arns } } },
  };
  const fake = createFakeFis({ clock, templates, ...options });
  const cloudWatch = new CloudWatchClient({ region: 'eu-west-1' });
  const alarms = mockClient(cloudWatch);
  alarms
    .on(DescribeAlarmsCommand)
    .resolves({ MetricAlarms: [{ AlarmName: 'shop-errors', StateValue: 'OK' }] });
  alarms.on(DescribeAlarmHistoryCommand).resolves({ AlarmHistoryItems: [] });
  const ecs = new ECSClient({ region: 'eu-west-1' });
  const injector = withAll({
    fis: fake.fis,
    ec2: createFakeEc2().ec2,
    ecs,
    cloudWatch,
    clock,
    input,
  });
  return { clock, fake, alarms, injector };
}

const start = { runId: 'run-1', token: 'run-1-stage-0' };

describe('a fault by FIS', () => {
  it('is started once for a token, and carries tags that say whose it is', async () => {
    const { injector, fake } = setUp();
    const first = await injector.start(0, start);
    expect(await injector.start(0, start)).toEqual(first);
    expect(fake.experiments()).toHaveLength(1);
    expect(fake.experiments()[0]?.tags).toEqual({
      'steadfast:run': 'run-1',
      'steadfast:experiment': 'slow-database',
      'steadfast:environment': 'staging',
    });
  });

  it('is refused with the action and the resource that AWS did not allow', async () => {
    const { injector } = setUp({ deniesStart: true });
    await expect(injector.start(0, start)).rejects.toMatchObject({
      code: 'permission',
      message: containing('fis:StartExperiment on experiment-template/EXT1'),
    });
  });

  it.each([
    ['ServiceQuotaExceededException', 'busy'],
    ['ConflictException', 'busy'],
    ['ResourceNotFoundException', 'invalid'],
  ])('that FIS answers with %s is %s', async (name, code) => {
    const { injector, fake } = setUp();
    fake.mock.on(StartExperimentCommand).rejects(Object.assign(new Error('no'), { name }));
    await expect(injector.start(0, start)).rejects.toMatchObject({ code });
  });

  it('goes through its states, and tells when the fault began and when all was over', async () => {
    const { injector, clock } = setUp();
    const fromMs = clock.now();
    const { experimentId } = await injector.start(0, start);
    expect(await injector.state(experimentId)).toMatchObject({
      status: 'pending',
      actions: { slow: 'pending' },
    });
    expect(await injector.targets(experimentId)).toBeUndefined();
    await clock.sleep(3_000);
    expect(await injector.state(experimentId)).toMatchObject({
      status: 'running',
      faultStartMs: fromMs + 2_000,
    });
    await clock.sleep(120_000);
    expect(await injector.state(experimentId)).toMatchObject({
      status: 'completed',
      endMs: fromMs + 122_000,
    });
  });

  it('gives every target that FIS resolved, page after page', async () => {
    const { injector, clock } = setUp();
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(3_000);
    expect(await injector.targets(experimentId)).toEqual(arns.map((id) => ({ fault: 'slow', id, tags: {} })));
  });

  it('is stopped, and stopping it again, or when it has ended, or is unknown, is no error', async () => {
    const { injector, clock } = setUp();
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(3_000);
    await injector.stop(experimentId);
    await injector.stop(experimentId);
    await clock.sleep(3_000);
    expect(await injector.state(experimentId)).toMatchObject({ status: 'stopped' });
    await injector.stop(experimentId);
    await injector.stop('EXP99');
  });

  it('that cannot be stopped says so', async () => {
    const { injector, fake, clock } = setUp();
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(3_000);
    fake.mock
      .on(StopExperimentCommand)
      .rejects(Object.assign(new Error('malformed'), { name: 'ValidationException' }));
    await expect(injector.stop(experimentId)).rejects.toThrow('malformed');
  });

  it('is active until its end, and other runs are none of its business', async () => {
    const { injector, clock } = setUp();
    await injector.start(0, start);
    for (const run of ['run-2', 'run-3', 'run-4']) await injector.start(0, { runId: run, token: run });
    expect(await injector.active('run-1')).toEqual(['EXP1']);
    await clock.sleep(200_000);
    expect(await injector.active('run-1')).toEqual([]);
  });
});

describe('who stopped a fault', () => {
  const alarmHistory = (newState: string) => ({
    AlarmHistoryItems: [
      {
        AlarmName: 'shop-errors',
        HistoryData: JSON.stringify({ version: '1.0', newState: { stateValue: newState } }),
      },
    ],
  });

  it('was a guard when an alarm of the run went to ALARM meanwhile, even if it is back', async () => {
    const { injector, clock, alarms } = setUp({ guardFiresAfterMs: 10_000 });
    const fromMs = clock.now();
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(30_000);
    alarms.on(DescribeAlarmHistoryCommand).resolves(alarmHistory('ALARM'));
    expect(await injector.state(experimentId)).toMatchObject({ status: 'stopped', stoppedBy: 'guard' });
    expect(alarms.commandCalls(DescribeAlarmHistoryCommand)[0]?.args[0].input).toMatchObject({
      AlarmName: 'shop-errors',
      HistoryItemType: 'StateUpdate',
      StartDate: new Date(fromMs),
    });
  });

  it('is not asked of alarms that FIS does not watch: here is none of their names', async () => {
    const polled = { role: 'arn:aws:iam::222222222222:role/reads-alarms', region: 'us-east-1' };
    const alarm = 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:errors';
    const input = runnerInput({
      guards: { shopErrors: { alarm: 'shop-errors' }, production: { alarm, polled } },
    });
    const { injector, clock, alarms } = setUp({}, input);
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(3_000);
    await injector.stop(experimentId);
    expect(await injector.state(experimentId)).toMatchObject({ status: 'stopping' });
    const asked = alarms.commandCalls(DescribeAlarmHistoryCommand).map(({ args }) => args[0].input.AlarmName);
    expect(asked).toEqual(['shop-errors']);
  });

  it('is unknown when no alarm did, whatever the words of FIS', async () => {
    const { injector, clock, alarms } = setUp();
    const { experimentId } = await injector.start(0, start);
    await clock.sleep(3_000);
    await injector.stop(experimentId);
    await clock.sleep(3_000);
    alarms.on(DescribeAlarmHistoryCommand).resolves(alarmHistory('OK'));
    expect((await injector.state(experimentId)).stoppedBy).toBeUndefined();
  });
});

describe('a preview by FIS', () => {
  it('resolves the targets without any fault', async () => {
    const { injector, fake } = setUp({ deniesStart: true });
    expect(await injector.preview(0, 'run-1')).toEqual(arns.map((id) => ({ fault: 'slow', id, tags: {} })));
    expect(fake.experiments()).toEqual([
      withFields({
        status: 'completed',
        skipsAll: true,
        tags: withFields({ 'steadfast:preview': 'true', 'steadfast:run': 'run-1' }),
      }),
    ]);
  });

  it('that does not end is stopped after a minute, and told of', async () => {
    const { injector, fake, clock } = setUp({ previewsEnd: false });
    const startMs = clock.now();
    await expect(injector.preview(0, 'run-1')).rejects.toMatchObject({
      code: 'busy',
      message: containing('took longer than 60 s, so it was stopped (experiment EXP1)'),
      hint: containing('FIS is slow here'),
    });
    expect(fake.experiments()).toEqual([withFields({ stopAskedMs: startMs + 60_000, skipsAll: true })]);
  });

  it('that FIS takes for a real start is stopped before the fault begins', async () => {
    const { injector, fake, clock } = setUp({ ignoresActionsMode: true });
    await expect(injector.preview(0, 'run-1')).rejects.toThrow('did not confirm');
    await clock.sleep(5_000);
    expect(fake.experiments().map(({ status }) => status)).toEqual(['stopped']);
    expect(fake.injecting()).toBe(false);
  });
});
