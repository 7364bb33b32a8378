import { tagKeys } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant, grantOnAll } from './grant.ts';

/**
 * Traces, and the delivery of logs (Step Functions developer guide, "Logging to CloudWatch Logs", "X-Ray"). CDK gives the runner the
 * same.
 */
export const observability = grantOnAll(
  'Observability',
  [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ],
  'IAM knows no resource for log deliveries and traces',
);

/** The runner: calling its functions, and no version or alias of them. Logs and traces come on top. */
export const runnerPermissions = (functionArns: readonly string[]): readonly Grant[] => [
  grant('Steps', ['lambda:InvokeFunction'], functionArns),
];

/** How `.sync` learns of the end (Step Functions developer guide, "IAM policies for nested executions"). */
export const learnOfTheEnd = (names: DeployedEnvironment['names']): Grant =>
  grant(
    'LearnOfTheEnd',
    ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
    [names.arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')],
    { unlimited: 'an account has one such rule in a Region, and Step Functions keeps it' },
  );

/** The launchers: starting the runner of their environment, and learning of its end. */
export const launcherPermissions = ({ names }: DeployedEnvironment): readonly Grant[] => [
  grant('StartRunner', ['states:StartExecution'], [names.runnerArn]),
  grant('FollowRunner', ['states:DescribeExecution', 'states:StopExecution'], [names.runnerExecutionsArn]),
  learnOfTheEnd(names),
  observability,
];

/** The schedules: starting launchers of their environment, and keeping the starts that failed. */
export const schedulerPermissions = ({ names, target }: DeployedEnvironment): readonly Grant[] => [
  // The tag tells `staging` from `staging-2`, whose launchers' names begin alike.
  grant('StartLaunchers', ['states:StartExecution'], [names.launchersArn], {
    conditions: { StringEquals: { [`aws:ResourceTag/${tagKeys.environment}`]: target.id } },
  }),
  grant('KeepMissedStarts', ['sqs:SendMessage'], [names.missedStartsArn]),
];
