import { Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  type IRole,
  PolicyDocument,
  PrincipalWithConditions,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { actionIds, findAction } from '../../fis/catalogue.ts';
import { show } from '../../fis/quantity.ts';
import type { EnvironmentTag } from '../environment-tag.ts';
import type { FaultConfiguration } from '../fault-ready/fault-configuration-bucket.ts';
import { refuse } from '../refuse.ts';
import type { FisActionId } from './action-props.ts';
import { declaredProblems, faultStatements, permissionProblems } from './fault-statements.ts';
import { placeOf } from './place.ts';

export interface FisTargetAccountRoleProps {
  /** The role of the template in the orchestrator's account: only it may take this one on. Written out, not a token. */
  readonly orchestratorRoleArn: string;
  /** What the template's actions are: the role may do what they need, and nothing else. */
  readonly actions: readonly FisActionId[];
  /** The tag that everything of the environment carries in this account, too. */
  readonly environmentTag: EnvironmentTag;
  /**
   * ARNs of this account, `*` for any text, of what IAM confines by no tag.
   *
   * @default - none
   */
  readonly declared?: readonly string[];
  /** Where faults of this account's Lambda functions are left for them. */
  readonly faultConfiguration?: FaultConfiguration;
  /**
   * Its name, by which the template names it.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;
}

/**
 * What FIS takes on in another account than the template's own; for the app of that account. It trusts the template's role alone, and
 * that only while FIS runs an experiment of the orchestrator's account in this Region.
 *
 * @example
 * new FisTargetAccountRole(this, 'Fis', {
 *   roleName: 'fis-target',
 *   orchestratorRoleArn: 'arn:aws:iam::111111111111:role/fis-orchestrator',
 *   actions: ['aws:ecs:stop-task'],
 *   environmentTag: { key: 'Env', value: 'staging' },
 * });
 */
export class FisTargetAccountRole extends Construct {
  readonly role: IRole;
  readonly roleArn: string;

  /** @throws {SteadfastError} `invalid` with all problems */
  constructor(scope: Construct, id: string, props: FisTargetAccountRoleProps) {
    super(scope, id);
    const { orchestratorRoleArn, actions, environmentTag, roleName } = props;
    const account = accountOf(orchestratorRoleArn);
    const within = {
      tag: environmentTag,
      place: placeOf(this),
      faultConfiguration: props.faultConfiguration,
    };
    const known = actions.flatMap((id, index) => {
      const action = findAction(id);
      return action === undefined
        ? []
        : [{ action, declared: props.declared ?? [], path: ['actions', index] }];
    });
    refuse(this.node.path, props, [
      ...(account === undefined ? [noRole(orchestratorRoleArn)] : []),
      ...actionProblems(actions),
      ...declaredProblems(props.declared ?? []),
      ...known.flatMap((action) => permissionProblems(action, within)),
    ]);
    const experiments = Stack.of(this).formatArn({
      service: 'fis',
      account: account ?? '',
      resource: 'experiment',
      resourceName: '*',
    });
    this.role = new Role(this, 'Role', {
      ...(roleName === undefined ? {} : { roleName }),
      description: `What FIS takes on for experiments of ${account}`,
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(account), {
        ArnEquals: { 'aws:PrincipalArn': orchestratorRoleArn },
        StringLike: { 'sts:ExternalId': experiments },
      }),
      inlinePolicies: {
        faults: new PolicyDocument({
          statements: faultStatements(known, within),
        }),
      },
    });
    this.roleArn = this.role.roleArn;
  }
}

const accountOf = (roleArn: string): string | undefined =>
  /^arn:[a-z-]+:iam::(\d{12}):role\/\S+$/.exec(roleArn)?.[1];

const noRole = (got: string): Problem => ({
  code: 'orchestrator-role',
  path: ['orchestratorRoleArn'],
  message: `${show(got)} is no ARN of a role, written out`,
  hint: 'name the role of the template (roleName), and write its ARN here',
});

function actionProblems(actions: readonly string[]): Problem[] {
  if (actions.length === 0) {
    return [
      {
        code: 'no-action',
        path: ['actions'],
        message: 'is empty, so the role could do nothing',
        hint: 'name one',
      },
    ];
  }
  return actions.flatMap((action, index): Problem[] =>
    findAction(action) === undefined
      ? [
          {
            code: 'unknown-value',
            path: ['actions', index],
            message: `${show(action)} is no action that Steadfast knows`,
            candidates: actionIds,
          },
        ]
      : [],
  );
}
