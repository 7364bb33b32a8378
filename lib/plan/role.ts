import type { Experiment } from '../experiment/experiment.ts';
import { type Place, partitionOf } from './aws-names.ts';
import { confinementOf } from './confinement.ts';
import { actionOf } from './fis-parameters.ts';
import type { PlanTarget } from './plan-target.ts';
import { type PolicyStatement, statementsOf } from './role-statements.ts';

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
export const fisLogging = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
];

/** The least that FIS needs for an experiment's actions, confined to the environment's tag, or to what it declares. */
export function rolePlanOf(experiment: Experiment, target: PlanTarget, place: Place): RolePlan {
  const { account, region } = place;
  const arn = `arn:${partitionOf(region)}`;
  const parts = Object.values(experiment.faults).flatMap((fault) => {
    const within = confinementOf(fault, experiment, target);
    return within === undefined ? [] : [{ permissions: actionOf(fault).permissions, within }];
  });
  return {
    trust: {
      service: 'fis.amazonaws.com',
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `${arn}:fis:${region}:${account}:experiment/*` },
      },
    },
    statements: [
      ...statementsOf(parts),
      { Sid: 'Log', Effect: 'Allow', Action: fisLogging, Resource: ['*'] },
    ],
  };
}
