import { Effect, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { tagKeys } from '../plan/aws-names.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { approvalPartition } from '../plan/table-partitions.ts';
import { findByTags, operatingStatements } from './command-statements.ts';
import type { EnvironmentStatement } from './environment-statement.ts';

/** Only what carries the tag of the environment, where IAM is told of tags. */
export const tagged = ({ id }: EnvironmentNames) => ({
  StringEquals: { [`aws:ResourceTag/${tagKeys.environment}`]: id },
});

/** CloudFormation makes up the names of FIS's roles from so much of their stack's name, and puts more behind it. */
const keptOfStackName = 22;

/** The roles that stacks of the environment make for FIS. */
export const fisRolesArn = ({ id, launcherRoleArn }: EnvironmentNames) =>
  `${launcherRoleArn.slice(0, launcherRoleArn.indexOf(':role/'))}:role/${`steadfast-${id}`.slice(0, keptOfStackName)}*`;

/** Looking at an environment: runs, FIS experiments, reports, logs, what is deployed. */
export const viewerStatements = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'SeeLaunchers',
    actions: ['states:DescribeStateMachine', 'states:ListExecutions'],
    resources: [names.launchersArn, names.runnerArn, names.haltArn, names.dispatcherArn],
  },
  {
    sid: 'SeeRuns',
    actions: [
      'states:DescribeExecution',
      'states:DescribeStateMachineForExecution',
      'states:GetExecutionHistory',
    ],
    resources: [
      names.launcherExecutionsArn,
      names.runnerExecutionsArn,
      names.haltExecutionsArn,
      names.dispatcherExecutionsArn,
    ],
  },
  {
    sid: 'SeeExperiments',
    actions: [
      'fis:GetExperiment',
      'fis:GetExperimentTemplate',
      'fis:ListExperimentResolvedTargets',
      'fis:ListTagsForResource',
    ],
    resources: [names.arn('fis', 'experiment/*'), names.arn('fis', 'experiment-template/*')],
    conditions: tagged(names),
  },
  {
    sid: 'ReadReports',
    actions: ['s3:GetObject'],
    resources: [`${names.bucketArn}/runs/*`, `${names.bucketArn}/campaigns/*`],
  },
  {
    sid: 'ListReports',
    actions: ['s3:ListBucket'],
    resources: [names.bucketArn],
    conditions: { StringLike: { 's3:prefix': 'runs/*' } },
  },
  {
    sid: 'ReadIndex',
    actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    resources: [names.tableArn],
  },
  {
    sid: 'ReadLogs',
    actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
    resources: [names.fisLogGroupArn, names.stateLogGroupArn, `${names.functionLogGroupArn('*')}:*`],
  },
  {
    sid: 'ReadParameters',
    actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    resources: [names.arn('ssm', `parameter/steadfast/${names.id}/*`)],
  },
  {
    sid: 'SeeSchedules',
    actions: ['scheduler:GetSchedule'],
    resources: [names.schedulesArn],
  },
  {
    sid: 'SeeDashboard',
    actions: ['cloudwatch:GetDashboard'],
    resources: [names.dashboardArn],
  },
  {
    // Whether IAM would allow a run what it needs.
    sid: 'AskIam',
    actions: ['iam:SimulatePrincipalPolicy'],
    resources: [fisRolesArn(names)],
  },
  {
    // Lists, and figures, of which IAM knows no resource; and looks at what a run would hit, which only its tags tell from other things.
    sid: 'ListAndMeasure',
    actions: [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'cloudwatch:ListMetrics',
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:DescribeTasks',
      'fis:GetSafetyLever',
      'fis:ListExperimentTemplates',
      'fis:ListExperiments',
      'scheduler:ListSchedules',
      'ssm:DescribeInstanceInformation',
      'states:ListStateMachines',
      'tag:GetResources',
    ],
    resources: ['*'],
  },
  findByTags,
];

/** Looking, and besides that answering the runs that wait for an approval: of the table they change nothing else. */
export const approverStatements = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'AnswerApprovals',
    actions: ['dynamodb:UpdateItem'],
    resources: [names.tableArn],
    conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': approvalPartition } },
  },
  ...viewerStatements(names),
];

/** Looking, and besides that starting experiments by their launchers, now or later, holding them back, and stopping runs and faults. */
export const operatorStatements = (names: EnvironmentNames): EnvironmentStatement[] => [
  {
    sid: 'StartRuns',
    actions: ['states:StartExecution'],
    resources: [names.launchersArn],
    conditions: tagged(names),
  },
  {
    sid: 'StopRuns',
    actions: ['states:StopExecution'],
    resources: [names.launcherExecutionsArn, names.runnerExecutionsArn],
  },
  {
    // The runner tags every experiment that it starts.
    sid: 'StopFaults',
    actions: ['fis:StopExperiment'],
    resources: [names.arn('fis', 'experiment/*')],
    conditions: tagged(names),
  },
  {
    // Ends runs and faults, and lets nothing start; the same machine unlocks.
    sid: 'PullTheKillSwitch',
    actions: ['states:StartExecution'],
    resources: [names.haltArn],
  },
  {
    // A campaign's plan is read by its dispatcher, which starts launchers by its own role.
    sid: 'StartCampaigns',
    actions: ['states:StartExecution'],
    resources: [names.dispatcherArn],
  },
  { sid: 'WriteCampaigns', actions: ['s3:PutObject'], resources: [`${names.bucketArn}/campaigns/*`] },
  ...operatingStatements(names),
  ...viewerStatements(names),
];

/** The same as a policy has it. */
export const policyStatementOf = ({
  sid,
  effect,
  actions,
  resources,
  conditions,
}: EnvironmentStatement): PolicyStatement =>
  new PolicyStatement({
    sid,
    ...(effect === 'Deny' ? { effect: Effect.DENY } : {}),
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** Lets somebody do all of it. */
export function grantStatements(grantee: IGrantable, statements: readonly EnvironmentStatement[]): Grant {
  const grants = statements.map(({ actions, resources, conditions }) =>
    Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [...resources],
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  return grants.reduce((all, grant) => all.combine(grant));
}
