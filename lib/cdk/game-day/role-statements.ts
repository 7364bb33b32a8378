import type { RoleName } from '../../experiment/role-names.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { gameDayPartitions } from '../../plan/table-partitions.ts';
import type { EnvironmentStatement } from '../environment-statement.ts';
import { signingRoles } from './evidence-key.ts';

/** By its URL alone the desk learns from Lambda who calls. */
const viaUrl = 'lambda:InvokedViaFunctionUrl';

/**
 * What people may do who act in a role of game days: look at the role's dashboard and call its widget, call the desk, read evidence, and
 * pull the kill switch. The operator begins editions as well, and ends one that hangs. The denials hold whatever else somebody may do:
 * nobody in a role calls the desk past its URL, where they could claim to be another, nor writes what only game days write; and the operator,
 * who proposes, calls no widget of a role that approves.
 *
 * @param approvers the roles that approve in any game day of the environment
 */
export const gameDayRoleStatements = (
  names: EnvironmentNames,
  role: RoleName,
  approvers: readonly RoleName[],
): readonly EnvironmentStatement[] => [
  { sid: 'CallTheWidget', actions: ['lambda:InvokeFunction'], resources: [names.gameDayWidgetArn(role)] },
  {
    sid: 'CallTheDesk',
    actions: ['lambda:InvokeFunctionUrl'],
    resources: [names.gameDayDeskArn],
    conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
  },
  {
    sid: 'CallTheDeskByItsUrl',
    actions: ['lambda:InvokeFunction'],
    resources: [names.gameDayDeskArn],
    conditions: { Bool: { [viaUrl]: 'true' } },
  },
  {
    sid: 'FindTheDesk',
    actions: ['ssm:GetParameter'],
    // Of an environment that the project does not declare the command asks first whether it is there.
    resources: ['game-days-url', 'table'].map((name) =>
      names.arn('ssm', `parameter${names.parameter(name)}`),
    ),
  },
  {
    sid: 'SeeTheDashboard',
    actions: ['cloudwatch:GetDashboard'],
    resources: [names.gameDayDashboardArn(role)],
  },
  {
    // Figures and lists, of which IAM knows no resource.
    sid: 'ListAndMeasure',
    actions: [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'cloudwatch:ListDashboards',
      'cloudwatch:ListMetrics',
    ],
    resources: ['*'],
  },
  {
    // The journals of its runs are part of an edition's evidence.
    sid: 'ReadEvidence',
    actions: ['s3:GetObject'],
    resources: [`${names.bucketArn}/game-days/*`, `${names.bucketArn}/runs/*`],
  },
  evidenceKey(names, signingRoles.includes(role)),
  { sid: 'PullTheKillSwitch', actions: ['states:StartExecution'], resources: [names.haltArn] },
  { sid: 'SeeTheKillSwitch', actions: ['states:DescribeExecution'], resources: [names.haltExecutionsArn] },
  { sid: 'SeeGameDays', actions: ['states:DescribeStateMachine'], resources: [names.gameDaysArn] },
  ...(role === 'operator' ? beginning(names) : []),
  ...(role === 'operator' ? neverApproving(names, approvers) : []),
  {
    sid: 'NeverPastTheUrl',
    effect: 'Deny',
    actions: ['lambda:InvokeFunction'],
    resources: [names.gameDayDeskArn],
    conditions: { BoolIfExists: { [viaUrl]: 'false' } },
  },
  {
    sid: 'NeverWriteForGameDays',
    effect: 'Deny',
    actions: [
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:PartiQLDelete',
      'dynamodb:PartiQLInsert',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    resources: [names.tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': gameDayPartitions } },
  },
];

/** Reading the public half of the key that evidence is signed with, and signing by the other; the key is known by its alias. */
const evidenceKey = (names: EnvironmentNames, maySign: boolean): EnvironmentStatement => ({
  sid: 'UseTheEvidenceKey',
  actions: ['kms:DescribeKey', 'kms:GetPublicKey', ...(maySign ? ['kms:Sign'] : [])],
  resources: [names.arn('kms', 'key/*')],
  conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.evidenceAlias } },
});

/** Beginning an edition is starting the game day's machine. */
const beginning = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'BeginEditions',
    actions: ['states:ListExecutions', 'states:StartExecution'],
    resources: [names.gameDaysArn],
  },
  {
    sid: 'SeeAndEndEditions',
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: [names.gameDayExecutionsArn],
  },
];

function neverApproving(names: EnvironmentNames, approvers: readonly RoleName[]): EnvironmentStatement[] {
  const others = approvers.filter((role) => role !== 'operator');
  if (others.length === 0) return [];
  return [
    {
      sid: 'NeverApprove',
      effect: 'Deny',
      actions: ['lambda:InvokeFunction'],
      resources: others.map(names.gameDayWidgetArn),
    },
  ];
}
