import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createCloudWatchGuards } from '../../lib/aws/cloudwatch-guards.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { RunnerInput } from '../../lib/plan/runner-input.ts';
import { alarmArn } from '../fakes/fake-aws-input.ts';

const role = 'arn:aws:iam::222222222222:role/reads-alarms';
const production = {
  alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:shop-errors',
  polled: { role, region: 'us-east-1' },
};
const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });

/** Every alarm is OK here, and in ALARM elsewhere, unless a test says otherwise. */
function setUp(guards: RunnerInput['guards']) {
  const states = (StateValue: 'OK' | 'ALARM') => {
    const client = new CloudWatchClient({ region: 'eu-west-1' });
    const mock = mockClient(client);
    mock.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: DescribeAlarmsCommandInput) => ({
      MetricAlarms: AlarmNames?.map((AlarmName) => ({ AlarmName, StateValue })),
    }));
    return { client, mock };
  };
  const [here, elsewhere] = [states('OK'), states('ALARM')];
  const read: unknown[] = [];
  const port = createCloudWatchGuards({
    cloudWatch: here.client,
    alarmReader: (alarm) => {
      read.push(alarm);
      return elsewhere.client;
    },
    guards,
  });
  return { here: here.mock, elsewhere: elsewhere.mock, read, guards: port };
}

describe('guards in CloudWatch', () => {
  it('are read by name or ARN, metric and composite alarms alike, and one that is not there is missing', async () => {
    const { here, guards } = setUp({
      shop: { alarm: alarmArn('shop-errors') },
      orders: { alarm: 'orders' },
      all: { alarm: 'all' },
      lost: { alarm: 'lost' },
    });
    here.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [
        { AlarmName: 'shop-errors', StateValue: 'OK' },
        { AlarmName: 'orders', StateValue: 'INSUFFICIENT_DATA' },
      ],
      CompositeAlarms: [{ AlarmName: 'all', StateValue: 'ALARM', StateReason: 'errors rose' }],
    });
    expect(await guards.read()).toEqual([
      { guard: 'shop', state: 'ok', detail: 'shop-errors is OK' },
      { guard: 'orders', state: 'no data', detail: 'orders is INSUFFICIENT_DATA' },
      { guard: 'all', state: 'alarm', detail: 'all is ALARM: errors rose' },
      { guard: 'lost', state: 'missing', detail: 'no alarm is called lost' },
    ]);
  });

  it('are asked for a hundred at a time, which is what CloudWatch answers', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `alarm-${index}`);
    const { here, guards } = setUp(Object.fromEntries(names.map((name) => [name, { alarm: name }])));
    expect((await guards.read()).every(({ state }) => state === 'ok')).toBe(true);
    expect(
      here.commandCalls(DescribeAlarmsCommand).map(({ args }) => args[0].input.AlarmNames?.length),
    ).toEqual([100, 100, 50]);
  });

  it('are unreadable where AWS refuses to show them, with the permission to give', async () => {
    const { here, guards } = setUp({ shop: { alarm: 'shop-errors' } });
    here.on(DescribeAlarmsCommand).rejects(denied);
    expect(await guards.read()).toEqual([
      {
        guard: 'shop',
        state: 'unreadable',
        detail: 'AWS refused cloudwatch:DescribeAlarms',
        permission: 'cloudwatch:DescribeAlarms',
      },
    ]);
  });

  it('fail where CloudWatch does not answer, since it soon may', async () => {
    const { here, guards } = setUp({ shop: { alarm: 'shop-errors' } });
    here.on(DescribeAlarmsCommand).rejects(new Error('the connection was reset'));
    await expect(guards.read()).rejects.toThrow('the connection was reset');
  });
});

describe('guards that FIS does not watch', () => {
  it('are read where they are, by their role, and not taken for one of the same name here', async () => {
    const { guards, read } = setUp({ shop: { alarm: alarmArn('shop-errors') }, production });
    expect(await guards.read()).toEqual([
      { guard: 'shop', state: 'ok', detail: 'shop-errors is OK' },
      { guard: 'production', state: 'alarm', detail: 'shop-errors is ALARM' },
    ]);
    expect(read).toEqual([{ role, region: 'us-east-1' }]);
  });

  it('are read alone where only they are asked for', async () => {
    const { guards, here } = setUp({ shop: { alarm: alarmArn('shop-errors') }, production });
    expect(await guards.read(['production'])).toMatchObject([{ guard: 'production', state: 'alarm' }]);
    expect(here.calls()).toEqual([]);
  });

  it('are missing where there is no such alarm', async () => {
    const { guards, elsewhere } = setUp({ production });
    elsewhere.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [] });
    expect(await guards.read()).toMatchObject([{ guard: 'production', state: 'missing' }]);
  });

  it.each([
    [denied, `AWS refused cloudwatch:DescribeAlarms by ${role}`, `cloudwatch:DescribeAlarms by ${role}`],
    [
      new SteadfastError('permission', 'AWS refused it'),
      `AWS refused sts:AssumeRole on ${role}`,
      `sts:AssumeRole on ${role}`,
    ],
    [new Error('the connection was reset'), 'the connection was reset', undefined],
  ])('are unreadable when reading fails (%s), and hide no other guard', async (error, detail, permission) => {
    const { guards, elsewhere } = setUp({ production, shop: { alarm: 'shop-errors' } });
    elsewhere.on(DescribeAlarmsCommand).rejects(error);
    expect(await guards.read()).toEqual([
      {
        guard: 'production',
        state: 'unreadable',
        detail,
        ...(permission === undefined ? {} : { permission }),
      },
      { guard: 'shop', state: 'ok', detail: 'shop-errors is OK' },
    ]);
  });
});
