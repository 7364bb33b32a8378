/** What an alarm's ARN says: `arn:aws:cloudwatch:<region>:<account>:alarm:<name>`. */
export interface AlarmArn {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** Reads an alarm's ARN; undefined for a name, and for the ARN of anything else. */
export function parseAlarmArn(text: string): AlarmArn | undefined {
  const [, region, account, name] = /^arn:[^:]+:cloudwatch:([^:]+):(\d{12}):alarm:(.+)$/.exec(text) ?? [];
  return region === undefined || account === undefined || name === undefined
    ? undefined
    : { account, region, name };
}
