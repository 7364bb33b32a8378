import { parseAlarmArn } from './alarm-arn.ts';
import type { PlanGuard } from './plan-target.ts';

/** How the runner reads an alarm that FIS cannot stop on. */
export interface PolledAlarm {
  /** The ARN of the role that may read it. */
  readonly role: string;
  readonly region: string;
}

/** How the runner polls a guard; undefined where FIS stops on it. */
export function polledBy({ alarm, readBy }: Pick<PlanGuard, 'alarm' | 'readBy'>): PolledAlarm | undefined {
  const region = parseAlarmArn(alarm)?.region;
  return readBy === undefined || region === undefined ? undefined : { role: readBy, region };
}
