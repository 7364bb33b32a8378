import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';

/**
 * One role for all launchers and one for all schedules of an environment: an account holds 1,000 roles by default (IAM quotas).
 * Both can start things of their own environment only.
 */
export function createStartRoles(scope: Construct, { names, place, target }: DeployedEnvironment): void {
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': place.account } };
  const launcher = new Role(scope, 'LauncherRole', {
    roleName: names.launcherRole,
    description: `Steadfast: launchers of ${target.id}`,
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { ...ofThisAccount, ArnLike: { 'aws:SourceArn': names.launchersArn } },
    }),
    inlinePolicies: {
      launch: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['states:StartExecution'], resources: [names.runnerArn] }),
          new PolicyStatement({
            actions: ['states:DescribeExecution', 'states:StopExecution'],
            resources: [names.runnerExecutionsArn],
          }),
          // How `.sync` learns of the end (Step Functions developer guide, "IAM policies for nested executions").
          new PolicyStatement({
            actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
            resources: [names.arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')],
          }),
          new PolicyStatement({ actions: observability, resources: ['*'] }),
        ],
      }),
    },
  });
  const scheduler = new Role(scope, 'SchedulerRole', {
    roleName: names.schedulerRole,
    description: `Steadfast: schedules of ${target.id}`,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: ofThisAccount }),
    inlinePolicies: {
      start: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['states:StartExecution'], resources: [names.launchersArn] }),
          new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [names.missedStartsArn] }),
        ],
      }),
    },
  });
  acknowledgeWildcard(launcher, '*', observabilityKnowsNoResource);
  acknowledgeWildcard(
    launcher,
    names.runnerExecutionsArn,
    'the executions that launchers start have new names',
  );
  acknowledgeWildcard(
    scheduler,
    names.launchersArn,
    'launchers come and go with experiments, in other stacks',
  );
}

/** Traces, and the delivery of logs: calls that know no resource (developer guide, "Logging to CloudWatch Logs"). */
const observability = [
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
];
