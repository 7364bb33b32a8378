/** One thing that a role may do, as data: what a policy statement is made from, and what is told of it. */
export interface Grant {
  /** Letters and digits; told apart within a role by it. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator and condition key, as IAM has them. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Why it is not limited to what is the environment's own; absent where it is. */
  readonly unlimited?: string;
}

/** What else there is to say of a grant. */
type More = Pick<Grant, 'conditions' | 'unlimited'>;

export const grant = (
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  more: More = {},
): Grant => ({ sid, actions, resources, ...more });

/** A grant on everything, which needs a reason. */
export const grantOnAll = (sid: string, actions: readonly string[], unlimited: string): Grant =>
  grant(sid, actions, ['*'], { unlimited });

/** A grant on what has these names or ARNs, each once; none where there are none. */
export function grantOnNamed(
  sid: string,
  actions: readonly string[],
  named: readonly string[],
  arnOf: (name: string) => string,
  more: More = {},
): readonly Grant[] {
  const resources = named.map((name) => (name.startsWith('arn:') ? name : arnOf(name)));
  return resources.length === 0 ? [] : [grant(sid, actions, [...new Set(resources)], more)];
}
