import { type CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { alarmName, describeAlarms } from '../cloudwatch-alarms.ts';
import { asking } from './aws-problem.ts';

/** An alarm as far as it tells whether it would end a fault. */
export interface SeenAlarm {
  readonly name: string;
  readonly state: 'ok' | 'alarm' | 'no data';
  /** Why it is in that state, in CloudWatch's words. */
  readonly reason: string | undefined;
  /** What it takes missing data for; undefined for a composite alarm, which has none. */
  readonly treatMissingData: string | undefined;
  readonly isComposite: boolean;
}

const states: Readonly<Record<string, SeenAlarm['state']>> = { OK: 'ok', ALARM: 'alarm' };

const seenOf = (name: string, alarm: Partial<MetricAlarm>): SeenAlarm => ({
  name,
  state: states[alarm.StateValue ?? ''] ?? 'no data',
  reason: alarm.StateReason,
  treatMissingData: alarm.TreatMissingData,
  isComposite: 'AlarmRule' in alarm,
});

const asked = { action: 'cloudwatch:DescribeAlarms' } as const;

/** Alarms of this account and Region, by name; those that are not there are left out. */
export const alarmsCalled = (
  cloudWatch: CloudWatchClient,
  namesOrArns: readonly string[],
): Promise<ReadonlyMap<string, SeenAlarm>> =>
  asking(asked, async () => {
    const found = await describeAlarms(cloudWatch, namesOrArns.map(alarmName));
    return new Map([...found].map(([name, alarm]) => [name, seenOf(name, alarm)]));
  });

/** The alarms whose names begin so. */
export const alarmsBeginning = (
  cloudWatch: CloudWatchClient,
  prefix: string,
): Promise<readonly SeenAlarm[]> =>
  asking(asked, async () => {
    const found: SeenAlarm[] = [];
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
      { client: cloudWatch },
      { AlarmNamePrefix: prefix },
    ))
      for (const alarm of MetricAlarms) found.push(seenOf(alarm.AlarmName ?? '', alarm));
    return found;
  });
