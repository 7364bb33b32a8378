import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { alarmsBeginning, alarmsCalled } from '../../../lib/aws/command/alarms-seen.ts';

const cloudWatch = new CloudWatchClient({ region: 'eu-west-1' });
const mock = mockClient(cloudWatch);

describe('alarms as they are seen', () => {
  it('are found by name or ARN, and one without a state has no data', async () => {
    mock.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [
        { AlarmName: 'errors', StateValue: 'OK', TreatMissingData: 'missing' },
        { AlarmName: 'late' },
      ],
      CompositeAlarms: [{ AlarmName: 'both', AlarmRule: 'ALARM(errors)', StateValue: 'ALARM' }],
    });
    const found = await alarmsCalled(cloudWatch, [
      'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors',
      'late',
      'both',
    ]);
    expect(mock.commandCalls(DescribeAlarmsCommand)[0]?.args[0].input.AlarmNames).toEqual([
      'errors',
      'late',
      'both',
    ]);
    expect(found.get('errors')).toEqual({
      name: 'errors',
      state: 'ok',
      reason: undefined,
      treatMissingData: 'missing',
      isComposite: false,
    });
    expect(found.get('late')).toMatchObject({ state: 'no data' });
    expect(found.get('both')).toMatchObject({ state: 'alarm', isComposite: true });
  });

  it('are found by how their names begin, page by page', async () => {
    mock.reset();
    mock
      .on(DescribeAlarmsCommand)
      .resolvesOnce({ MetricAlarms: [{ AlarmName: 'a-1', StateValue: 'OK' }, {}], NextToken: 'more' })
      .resolvesOnce({});
    expect((await alarmsBeginning(cloudWatch, 'a-')).map(({ name }) => name)).toEqual(['a-1', '']);
  });

  it('name the permission that was lacking', async () => {
    mock.reset();
    mock
      .on(DescribeAlarmsCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: {} }));
    await expect(alarmsBeginning(cloudWatch, 'a-')).rejects.toThrow('cloudwatch:DescribeAlarms');
  });
});
