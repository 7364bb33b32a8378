import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { haltPrefix } from '../../plan/table-partitions.ts';
import { findByTags } from '../command-statements.ts';
import type { EnvironmentStatement } from '../environment-statement.ts';
import { fisRolesArn, tagged } from '../environment-statements.ts';

/**
 * What `steadfast run`, `gate` and `plan` ask in one environment, and nothing besides (scripts/docs/command-permissions.ts). To end the run
 * that was started is part of it: a job that is cancelled must not leave its fault behind.
 */
export const pipelineStatements = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'StartRuns',
    actions: ['states:StartExecution'],
    resources: [names.launchersArn],
    conditions: tagged(names),
  },
  {
    sid: 'PullTheKillSwitch',
    actions: ['states:StartExecution'],
    resources: [names.haltArn],
  },
  {
    // Where the kill switch does not answer.
    sid: 'StopFaults',
    actions: ['fis:StopExperiment'],
    resources: [names.arn('fis', 'experiment/*')],
    conditions: tagged(names),
  },
  {
    sid: 'WriteHalts',
    actions: ['dynamodb:UpdateItem'],
    resources: [names.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': `${haltPrefix}*` } },
  },
  {
    sid: 'SeeLaunchers',
    actions: ['states:DescribeStateMachine'],
    resources: [names.launchersArn],
    conditions: tagged(names),
  },
  {
    sid: 'SeeRuns',
    actions: ['states:DescribeExecution'],
    resources: [names.launcherExecutionsArn, names.haltExecutionsArn],
  },
  {
    sid: 'FollowRuns',
    actions: ['logs:FilterLogEvents'],
    resources: [`${names.functionLogGroupArn('*')}:*`],
  },
  { sid: 'ReadReports', actions: ['s3:GetObject'], resources: [`${names.bucketArn}/runs/*`] },
  {
    sid: 'ReadIndex',
    actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'],
    resources: [names.tableArn],
  },
  {
    sid: 'ReadParameters',
    actions: ['ssm:GetParameter', 'ssm:GetParametersByPath'],
    resources: [names.arn('ssm', `parameter/steadfast/${names.id}/*`)],
  },
  {
    sid: 'SeeTemplates',
    actions: ['fis:GetExperimentTemplate'],
    resources: [names.arn('fis', 'experiment-template/*')],
    conditions: tagged(names),
  },
  { sid: 'AskIam', actions: ['iam:SimulatePrincipalPolicy'], resources: [fisRolesArn(names)] },
  {
    // Lists, and figures, of which IAM knows no resource; and looks at what a run would hit, which only its tags tell from other things.
    sid: 'ListAndMeasure',
    actions: [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'ecs:DescribeTasks',
      'fis:GetSafetyLever',
      'fis:ListExperiments',
    ],
    resources: ['*'],
  },
  findByTags,
];
