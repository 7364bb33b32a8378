import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { GameDayInput } from '../../game-day/input.ts';
import type { AlarmChange } from '../../game-day/scribe.ts';
import { parseAlarmArn } from '../../plan/alarm-arn.ts';

/** DescribeAlarms takes so many names at once (API reference). */
const mostNames = 100;

/** The names of the alarms that a game day expects to fire, but for those of another account or Region: what they do nobody tells here. */
export function expectedAlarms({ environment, stages }: GameDayInput): readonly string[] {
  const names = stages.flatMap(({ alerts }) =>
    Object.values(alerts).flatMap(({ alarm }) => {
      const arn = parseAlarmArn(alarm);
      if (arn === undefined) return alarm;
      return arn.account === environment.account && arn.region === environment.region ? arn.name : [];
    }),
  );
  return [...new Set(names)];
}

/** How alarms are, and since when. One that does not exist is not among them. */
export async function readAlarms(
  cloudWatch: CloudWatchClient,
  names: readonly string[],
): Promise<readonly AlarmChange[]> {
  const found: AlarmChange[] = [];
  for (let from = 0; from < names.length; from += mostNames) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmNames: names.slice(from, from + mostNames),
        // Without it composite alarms are left out.
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: mostNames,
      }),
    );
    for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
      const { AlarmArn, AlarmName = '', StateValue: state, StateReason: reason = '' } = alarm;
      const at = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
      if (state === undefined || at === undefined) continue;
      found.push({ alarm: AlarmArn ?? AlarmName, state, reason, atMs: at.getTime() });
    }
  }
  return found;
}
