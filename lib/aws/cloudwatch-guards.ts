import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { RunnerInput } from '../plan/runner-input.ts';
import type { GuardState, Guards } from '../run/ports.ts';
import { alarmName, describeAlarms } from './cloudwatch-alarms.ts';

const states: Readonly<Record<string, GuardState['state']>> = {
  OK: 'ok',
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'no data',
};

/** The guards of a run, as CloudWatch alarms. One that cannot be found is `missing`, never fine. */
export function createCloudWatchGuards(options: {
  readonly cloudWatch: CloudWatchClient;
  readonly guards: RunnerInput['guards'];
}): Guards {
  const { cloudWatch, guards } = options;
  return {
    read: async () => {
      const alarms = Object.entries(guards).map(([guard, { alarm }]) => ({ guard, name: alarmName(alarm) }));
      const found = await describeAlarms(cloudWatch, [...new Set(alarms.map(({ name }) => name))]);
      return alarms.map(({ guard, name }): GuardState => {
        const alarm = found.get(name);
        if (alarm === undefined) return { guard, state: 'missing', detail: `no alarm is called ${name}` };
        return {
          guard,
          state: states[alarm.StateValue ?? ''] ?? 'no data',
          detail: `${name} is ${alarm.StateValue ?? 'without a state'}${alarm.StateReason === undefined ? '' : `: ${alarm.StateReason}`}`,
        };
      });
    },
  };
}
