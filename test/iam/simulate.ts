import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Caller, IamRequest } from './request.ts';

/** A statement as a template holds it once its references are resolved. */
export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?:
    | Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
    | undefined;
}

/**
 * Whether a role with these statements may make a request.
 *
 * @param resourcePolicy of the resource, where it has one that matters
 * @throws where the simulator cannot say: an action or a resource that AWS does not know is a failed check, not a denial
 */
export async function isAllowed(
  statements: readonly Statement[],
  request: IamRequest,
  caller: Caller,
  resourcePolicy: unknown = policyByDefault(request, caller),
): Promise<boolean> {
  const { action, resource, account, context } = request;
  const simulation: Simulation = {
    request: {
      principal: caller.roleArn,
      action,
      resource: { resource, accountId: account },
      contextVariables: mutable(context),
    },
    identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement: statements } }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    // Without it S3 shows nobody the tags of buckets; an environment that pauses replication must have it turned on.
    additionalSettings: { s3: { bucketAbacEnabled: true } },
  };
  // The published pattern of documents has an account, which Amazon's own lack: only so can they be asked about.
  if (isOfAmazon(resource)) return runUnsafeSimulation(simulation, {}) === 'Allowed';
  const answer = await runSimulation(simulation, {});
  const asked = `${action} on ${resource}`;
  if (answer.resultType === 'error')
    throw new Error(`nobody can tell of ${asked}: ${JSON.stringify(answer.errors)}`);
  const ignored = answer.resultType === 'single' ? (answer.result.ignoredContextKeys ?? []) : [];
  if (ignored.length > 0) throw new Error(`the simulator left ${ignored.join(', ')} out of ${asked}`);
  return answer.overallResult === 'Allowed';
}

const mutable = (context: IamRequest['context']) =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );

const isOfAmazon = (arn: string) => /^arn:[^:]+:ssm:[^:]+::document\//.test(arn);

/**
 * The policy of what lets nobody in by IAM alone: that of a key, as KMS makes it, leaves it to the policies of its own account; a
 * role that may be taken on trusts the account of whom it is for.
 */
function policyByDefault({ action, account }: IamRequest, caller: Caller) {
  const allowing = (of: string, Action: string, more = {}) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${of}:root` }, Action, ...more }],
  });
  // A partner's bus, to which both have to say so (campaign-bus.test.ts proves its own).
  if (action === 'events:PutEvents' && account !== caller.account)
    return allowing(caller.account, action, { Resource: '*' });
  if (action.startsWith('kms:')) return allowing(account, 'kms:*', { Resource: '*' });
  return action === 'sts:AssumeRole' ? allowing(caller.account, action) : undefined;
}

/** Every single thing that statements allow: one action on one resource. */
export const singleGrants = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) =>
    statement.Action.flatMap((action) =>
      statement.Resource.map((resource) => ({ ...statement, Action: [action], Resource: [resource] })),
    ),
  );

/**
 * What nobody needs: the actions on resources without which every request of `needed` would still be allowed. Each is taken away
 * alone, so that of two that allow the same both are found.
 */
export async function unusedOf(
  statements: readonly Statement[],
  needed: readonly IamRequest[],
  caller: Caller,
): Promise<string[]> {
  const single = singleGrants(statements);
  const unused: string[] = [];
  for (const one of single) {
    const [action = ''] = one.Action;
    const others = single.filter((other) => other !== one);
    const asked = needed.filter((request) => request.action === action);
    if (!(await someDenied(others, asked, caller))) {
      unused.push(`${one.Sid ?? 'a statement'}: ${action} on ${one.Resource.join(', ')}`);
    }
  }
  return unused;
}

async function someDenied(
  statements: readonly Statement[],
  requests: readonly IamRequest[],
  caller: Caller,
): Promise<boolean> {
  const concerned = (action: string) => statements.filter(({ Action }) => Action.includes(action));
  for (const request of requests)
    if (!(await isAllowed(concerned(request.action), request, caller))) return true;
  return false;
}
