/** The partition that a Region belongs to, the first part of every ARN (AWS general reference, "ARNs"). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The alarm that Steadfast makes for a guard. */
export const alarmName = (environment: string, guard: string) => `steadfast-${environment}-${guard}`;

/** Where in AWS something is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The ARN of an alarm, by its name or its ARN. */
export const alarmArn = (alarm: string, { account, region }: Place) =>
  alarm.startsWith('arn:')
    ? alarm
    : `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${alarm}`;
