import {
  type CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
  paginateDescribeAlarmHistory,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod/mini';
import { parseAlarmArn } from '../plan/alarm-arn.ts';

/** What DescribeAlarms takes in one call (CloudWatch API reference). */
const namesPerCall = 100;

/** The name of an alarm that is given by name or ARN. */
export const alarmName = (nameOrArn: string): string => parseAlarmArn(nameOrArn)?.name ?? nameOrArn;

/** The alarms of these names that there are, by name. */
export async function describeAlarms(
  cloudWatch: CloudWatchClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, MetricAlarm | CompositeAlarm>> {
  const found = new Map<string, MetricAlarm | CompositeAlarm>();
  for (let from = 0; from < names.length; from += namesPerCall) {
    const AlarmNames = names.slice(from, from + namesPerCall);
    const answer = await cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmNames,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: namesPerCall,
      }),
    );
    for (const alarm of [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])]) {
      if (alarm.AlarmName !== undefined) found.set(alarm.AlarmName, alarm);
    }
  }
  return found;
}

const stateUpdate = z.object({ newState: z.object({ stateValue: z.string() }) });

const wentToAlarm = (historyData: string | undefined): boolean => {
  try {
    return stateUpdate.safeParse(JSON.parse(historyData ?? '{}')).data?.newState.stateValue === 'ALARM';
  } catch {
    // History whose data is no JSON says nothing about a state.
    return false;
  }
};

/**
 * Which of these alarms (names or ARNs) went to ALARM in [fromMs, toMs], also when they are back since: the history is asked,
 * not only the state. Undefined when none did.
 */
export async function alarmThatFired(
  cloudWatch: CloudWatchClient,
  alarms: readonly string[],
  fromMs: number,
  toMs: number,
): Promise<string | undefined> {
  for (const name of alarms.map(alarmName)) {
    const pages = paginateDescribeAlarmHistory(
      { client: cloudWatch },
      {
        AlarmName: name,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        HistoryItemType: 'StateUpdate',
        StartDate: new Date(fromMs),
        EndDate: new Date(toMs),
      },
    );
    for await (const page of pages) {
      if (page.AlarmHistoryItems?.some((item) => wentToAlarm(item.HistoryData)) === true) return name;
    }
  }
  const states = await describeAlarms(cloudWatch, alarms.map(alarmName));
  return [...states].find(([, alarm]) => alarm.StateValue === 'ALARM')?.[0];
}
