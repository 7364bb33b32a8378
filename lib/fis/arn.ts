/** The parts of an ARN, `arn:<partition>:<service>:<region>:<account>:<resource>`; the last may hold colons. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  /** Empty where the resource lies in no Region, as an IAM role. */
  readonly region: string;
  /** Empty where the ARN names none, as that of a bucket. */
  readonly account: string;
  readonly resource: string;
}

/** An ARN's parts; undefined for anything else. */
export function arnParts(text: string): ArnParts | undefined {
  const [arn, partition, service, region, account, ...resource] = text.split(':');
  if (arn !== 'arn' || partition === undefined || service === undefined) return undefined;
  if (region === undefined || account === undefined || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(':') };
}

/** Whether text fits a pattern in which `*` stands for any text. */
export function fits(pattern: string, text: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(text);
}

/** Whether text fits one of several patterns. */
export const fitsAny = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => fits(pattern, text));

/** Whether an ARN, or a pattern of ARNs, is of a kind such as `ec2:route-table/*`: the service, and how the resource begins. */
export function isOfKind(arn: string, kind: string): boolean {
  const parts = arnParts(arn);
  const separator = kind.indexOf(':');
  if (parts === undefined || parts.service !== kind.slice(0, separator)) return false;
  const beginning = kind.slice(separator + 1).replace(/\*$/, '');
  return parts.resource.startsWith(beginning);
}

/** The ARNs that stand in a text, be they all of it or a part. */
export const arnsIn = (text: string): readonly string[] =>
  text.match(/arn:[a-z-]*:[^\s"'`,;()[\]{}<>\\]+/gi) ?? [];
