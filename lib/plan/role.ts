import type { Experiment } from '../experiment/experiment.ts';
import type { FisPermission } from '../fis/action.ts';
import { type Place, partitionOf } from './aws-names.ts';
import { actionOf } from './fis-parameters.ts';
import type { PlanTarget } from './plan-target.ts';

/** A statement of an IAM policy, as IAM writes it. */
interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The role that FIS takes on for one experiment. */
export interface RolePlan {
  /** Who may take it on: FIS, for experiments of this account and Region only (user guide, "Create an IAM role"). */
  readonly trust: {
    readonly service: 'fis.amazonaws.com';
    readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly statements: readonly PolicyStatement[];
}

/** What FIS needs to write its log to CloudWatch; IAM knows no resource for these calls (user guide, "Logging"). */
const logging = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
];

/** The least that FIS needs for an experiment's actions, confined to the environment's tag wherever IAM can. */
export function rolePlanOf(experiment: Experiment, target: PlanTarget, place: Place): RolePlan {
  const { account, region } = place;
  const arn = `arn:${partitionOf(region)}`;
  const permissions = Object.values(experiment.faults).flatMap((fault) => actionOf(fault).permissions);
  const { key, value } = target.tag;
  return {
    trust: {
      service: 'fis.amazonaws.com',
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `${arn}:fis:${region}:${account}:experiment/*` },
      },
    },
    statements: [
      statement(
        'OnlyInTheEnvironment',
        actionsOf(permissions, 'tag'),
        ['*'],
        `aws:ResourceTag/${key}`,
        value,
      ),
      statement(
        'OnlyOnItsManagedInstances',
        actionsOf(permissions, 'managedInstanceTag'),
        [`${arn}:ssm:${region}:${account}:managed-instance/*`],
        `ssm:resourceTag/${key}`,
        value,
      ),
      // The scripts that FIS runs belong to Amazon: such ARNs have no account.
      statement('OnlyAmazonsScripts', actionsOf(permissions, 'managedInstanceTag'), [
        `${arn}:ssm:${region}::document/AWSFIS-Run-*`,
      ]),
      statement('WhatIamCannotConfine', actionsOf(permissions, 'none'), ['*']),
      statement('Log', logging, ['*']),
    ].flat(),
  };
}

function actionsOf(
  permissions: readonly FisPermission[],
  confinement: 'tag' | 'managedInstanceTag' | 'none',
): string[] {
  const confined = permissions.filter(({ confinedBy }) =>
    typeof confinedBy === 'string' ? confinedBy === confinement : confinement === 'none',
  );
  return [...new Set(confined.map(({ action }) => action))].toSorted();
}

function statement(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  tagKey?: string,
  tagValue = '',
): PolicyStatement[] {
  if (actions.length === 0) return [];
  const condition = tagKey === undefined ? {} : { Condition: { StringEquals: { [tagKey]: tagValue } } };
  return [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: resources, ...condition }];
}
