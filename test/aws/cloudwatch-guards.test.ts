import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createCloudWatchGuards } from '../../lib/aws/cloudwatch-guards.ts';
import { alarmArn } from '../fakes/fake-aws-input.ts';

describe('guards in CloudWatch', () => {
  it('are read by name or ARN, metric and composite alarms alike, and one that is not there is missing', async () => {
    const cloudWatch = new CloudWatchClient({ region: 'eu-west-1' });
    const mock = mockClient(cloudWatch);
    mock.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [
        { AlarmName: 'shop-errors', StateValue: 'OK' },
        { AlarmName: 'orders', StateValue: 'INSUFFICIENT_DATA' },
      ],
      CompositeAlarms: [{ AlarmName: 'all', StateValue: 'ALARM', StateReason: 'errors rose' }],
    });
    const guards = createCloudWatchGuards({
      cloudWatch,
      guards: {
        shop: { alarm: alarmArn('shop-errors') },
        orders: { alarm: 'orders' },
        all: { alarm: 'all' },
        lost: { alarm: 'lost' },
      },
    });
    expect(await guards.read()).toEqual([
      { guard: 'shop', state: 'ok', detail: 'shop-errors is OK' },
      { guard: 'orders', state: 'no data', detail: 'orders is INSUFFICIENT_DATA' },
      { guard: 'all', state: 'alarm', detail: 'all is ALARM: errors rose' },
      { guard: 'lost', state: 'missing', detail: 'no alarm is called lost' },
    ]);
  });

  it('are asked for a hundred at a time, which is what CloudWatch answers', async () => {
    const cloudWatch = new CloudWatchClient({ region: 'eu-west-1' });
    const mock = mockClient(cloudWatch);
    mock.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: DescribeAlarmsCommandInput) => ({
      MetricAlarms: AlarmNames?.map((AlarmName) => ({ AlarmName, StateValue: 'OK' })),
    }));
    const names = Array.from({ length: 250 }, (_, index) => `alarm-${index}`);
    const guards = createCloudWatchGuards({
      cloudWatch,
      guards: Object.fromEntries(names.map((name) => [name, { alarm: name }])),
    });
    expect((await guards.read()).every(({ state }) => state === 'ok')).toBe(true);
    expect(
      mock.commandCalls(DescribeAlarmsCommand).map(({ args }) => args[0].input.AlarmNames?.length),
    ).toEqual([100, 100, 50]);
  });
});
