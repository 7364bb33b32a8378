import {
  type ContextEntry,
  GetRoleCommand,
  type IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { asking } from './aws-problem.ts';

/** Something that somebody has to be allowed. */
export interface IamNeed {
  readonly actions: readonly string[];
  /** As a policy names it: an ARN, or a pattern of ARNs. */
  readonly resource: string;
  /** What the request says besides. */
  readonly context: readonly ContextValue[];
}

/** What a request says under a condition key. */
export interface ContextValue {
  readonly key: string;
  readonly values: readonly string[];
  readonly type: 'string' | 'stringList' | 'numeric';
}

/** What IAM says of one need. */
export interface IamAnswer {
  readonly action: string;
  readonly resource: string;
  /** Undefined where the answer depends on something that the simulation was not told. */
  readonly allowed: boolean | undefined;
  readonly why?: string;
}

const entriesOf = (context: IamNeed['context']): ContextEntry[] =>
  context.map(({ key, values, type }) => ({
    ContextKeyName: key,
    ContextKeyValues: [...values],
    ContextKeyType: type,
  }));

/**
 * Asks IAM what the policies of a user or role allow. Policies of resources and of sessions are not seen by it, and service control policies
 * only as far as they have no conditions (IAM user guide, "IAM policy testing").
 */
export async function simulate(
  iam: IAMClient,
  principal: string,
  needs: readonly IamNeed[],
): Promise<readonly IamAnswer[]> {
  const answers: IamAnswer[] = [];
  for (const { actions, resource, context } of needs) {
    await asking({ action: 'iam:SimulatePrincipalPolicy', resource: principal }, async () => {
      const pages = paginateSimulatePrincipalPolicy(
        { client: iam },
        {
          PolicySourceArn: principal,
          ActionNames: [...actions],
          ResourceArns: [resource],
          ContextEntries: entriesOf(context),
        },
      );
      for await (const { EvaluationResults = [] } of pages) {
        for (const result of EvaluationResults) {
          const {
            EvalActionName: action = '',
            EvalDecision: decision,
            MissingContextValues: missing = [],
          } = result;
          const isOpen = decision === 'implicitDeny' && missing.length > 0;
          answers.push({
            action,
            resource,
            allowed: isOpen ? undefined : decision === 'allowed',
            ...(decision === 'allowed'
              ? {}
              : { why: isOpen ? `it depends on ${missing.join(', ')}` : whyNot(result) }),
          });
        }
      }
    });
  }
  return answers;
}

function whyNot(result: {
  readonly EvalDecision?: string | undefined;
  readonly OrganizationsDecisionDetail?:
    | { readonly AllowedByOrganizations?: boolean | undefined }
    | undefined;
  readonly PermissionsBoundaryDecisionDetail?:
    | { readonly AllowedByPermissionsBoundary?: boolean | undefined }
    | undefined;
}): string {
  if (result.OrganizationsDecisionDetail?.AllowedByOrganizations === false)
    return 'a service control policy of the organization does not allow it';
  if (result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return 'a permissions boundary does not allow it';
  return result.EvalDecision === 'explicitDeny' ? 'a policy denies it explicitly' : 'no policy allows it';
}

const sessionPattern = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//;

/**
 * The user or role behind credentials, whose policies IAM can simulate; a session is none. Undefined for those of the account itself, to
 * which no policy applies, and of federated users.
 */
export async function principalOf(iam: IAMClient, callerArn: string): Promise<string | undefined> {
  if (/^arn:[^:]+:iam::\d{12}:user\//.test(callerArn)) return callerArn;
  const [, partition, account, name] = sessionPattern.exec(callerArn) ?? [];
  if (name === undefined) return undefined;
  // A session's ARN leaves out the path that the role's has, as those of IAM Identity Center do.
  const { Role } = await asking(
    { action: 'iam:GetRole', resource: `arn:${partition}:iam::${account}:role/${name}` },
    () => iam.send(new GetRoleCommand({ RoleName: name })),
  );
  return Role?.Arn;
}
