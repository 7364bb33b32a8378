import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import type { GuardState, Guards } from '../run/ports.ts';
import type { AlarmReader } from './alarm-reader.ts';
import { isDenied } from './aws-error.ts';
import { alarmName, describeAlarms } from './cloudwatch-alarms.ts';

const states: Readonly<Record<string, GuardState['state']>> = {
  OK: 'ok',
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'no data',
};

/** A guard and its alarm. */
type Named = readonly [guard: string, alarm: RunnerInput['guards'][string]];

async function statesOf(cloudWatch: CloudWatchClient, guards: readonly Named[]): Promise<GuardState[]> {
  const alarms = guards.map(([guard, { alarm }]) => ({ guard, name: alarmName(alarm) }));
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
}

/** What AWS would have to allow, where that is what was in the way. */
function permissionFor(thrown: unknown, role: string | undefined): string | undefined {
  if (thrown instanceof SteadfastError && thrown.code === 'permission') return `sts:AssumeRole on ${role}`;
  if (!isDenied(thrown)) return undefined;
  return `cloudwatch:DescribeAlarms${role === undefined ? '' : ` by ${role}`}`;
}

function unreadable([guard, { polled }]: Named, thrown: unknown): GuardState {
  const permission = permissionFor(thrown, polled?.role);
  return permission === undefined
    ? { guard, state: 'unreadable', detail: messageOf(thrown) }
    : { guard, state: 'unreadable', detail: `AWS refused ${permission}`, permission };
}

/**
 * The guards of a run, as CloudWatch alarms. One that cannot be found is `missing`, one that cannot be read `unreadable`: neither is
 * ever fine. Those that FIS does not watch are read where they are, each by its role.
 */
export function createCloudWatchGuards(options: {
  readonly cloudWatch: CloudWatchClient;
  readonly alarmReader: AlarmReader;
  readonly guards: RunnerInput['guards'];
}): Guards {
  const { cloudWatch, alarmReader, guards } = options;

  const own = async (named: readonly Named[]): Promise<GuardState[]> => {
    if (named.length === 0) return [];
    try {
      return await statesOf(cloudWatch, named);
    } catch (thrown) {
      // What may soon succeed is tried again by the step.
      if (!isDenied(thrown)) throw thrown;
      return named.map((one) => unreadable(one, thrown));
    }
  };

  const elsewhere = async (named: Named): Promise<GuardState[]> => {
    const { polled } = named[1];
    if (polled === undefined) return [];
    try {
      return await statesOf(alarmReader(polled), [named]);
    } catch (thrown) {
      return [unreadable(named, thrown)];
    }
  };

  return {
    read: async (only) => {
      const asked = Object.entries(guards).filter(([guard]) => only?.includes(guard) ?? true);
      const found = await Promise.all([
        own(asked.filter(([, { polled }]) => polled === undefined)),
        ...asked.map(elsewhere),
      ]);
      const read = new Map(found.flat().map((state) => [state.guard, state]));
      return asked.flatMap(([guard]) => read.get(guard) ?? []);
    },
  };
}
