import { type Authorization, type AuthorizedType, isListed, keysOn } from './authorization.ts';

/** A request as IAM sees it: one action on one resource. A call that touches several resources is several requests. */
export interface IamRequest {
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  /** Whose the resource is. */
  readonly account: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The Region and account of what is not the environment's. */
export const elsewhere = { region: 'us-west-2', account: '999999999999' } as const;

/** Where a call is made, and by whom. */
export interface Caller {
  readonly roleArn: string;
  readonly account: string;
  readonly region: string;
}

/**
 * A request that AWS could really make, from what it publishes of the action.
 *
 * @throws where a condition key is not listed for the action on this type of resource: AWS would never send it, and a test that did
 *   would prove nothing
 */
export function requestFor(options: {
  readonly authorization: Authorization;
  readonly type: AuthorizedType | undefined;
  readonly resource: string;
  readonly caller: Caller;
  /** The account and Region of the resource, where they are not the caller's. */
  readonly account?: string;
  readonly region?: string;
  readonly context?: IamRequest['context'];
}): IamRequest {
  const { authorization, type, resource, caller, context = {} } = options;
  const { account = caller.account, region = caller.region } = options;
  const listed = keysOn(authorization, type);
  for (const key of Object.keys(context)) {
    if (isListed(key, listed)) continue;
    const where = type === undefined ? '' : ` on ${type.name}`;
    throw new Error(`a request of ${authorization.action}${where} never holds ${key}: ${listed.join(', ')}`);
  }
  return {
    action: authorization.action,
    resource,
    account,
    context: {
      'aws:PrincipalAccount': caller.account,
      'aws:PrincipalArn': caller.roleArn,
      'aws:RequestedRegion': region,
      'aws:ResourceAccount': account,
      ...context,
    },
  };
}

/** An ARN of a type, with a made-up name in each place that is not given. */
export function arnOf(
  type: AuthorizedType,
  place: { readonly account: string; readonly region: string },
  names: Readonly<Record<string, string>> = {},
): string {
  const parts: Readonly<Record<string, string>> = {
    Partition: 'aws',
    Region: place.region,
    Account: place.account,
    ...names,
  };
  return type.arn.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => parts[name] ?? `some-${name}`);
}
