import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import runnerDefinition from '../run/runner.asl.json' with { type: 'json' };
import { runnerFailures } from './dashboard.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { HandlerBundles } from './handler-bundles.ts';
import type { EnvironmentNames } from './names.ts';
import { createRunnerFunctions, functionSubstitutions } from './runner-functions.ts';
import { createStartRoles } from './start-roles.ts';

/** What carries out the runs of an environment: the runner, its functions, and the roles that start it. */
export class RunnerStack extends Stack {
  constructor(scope: Construct, id: string, environment: DeployedEnvironment, bundles: HandlerBundles) {
    const { names, place, target } = environment;
    super(scope, id, { env: place, stackName: id, description: `Steadfast: the runner of ${target.id}` });
    const functions = createRunnerFunctions(this, environment, bundles);
    const runner = new StateMachine(this, 'Runner', {
      stateMachineName: names.runner,
      definitionBody: DefinitionBody.fromString(JSON.stringify(runnerDefinition)),
      definitionSubstitutions: functionSubstitutions(functions),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'StateLog', {
          logGroupName: names.stateLogGroup,
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // The plan is in the bucket already; the log is for the order of things.
        includeExecutionData: false,
      },
    });
    for (const called of Object.values(functions)) called.grantInvoke(runner);
    createStartRoles(this, environment);
    const missedStarts = new Queue(this, 'MissedStarts', {
      queueName: names.missedStarts,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    createOwnAlarms(this, names, missedStarts);
    createParameters(this, names);
  }
}

/** When Steadfast itself fails: a run that it did not conclude, a scheduled start that never reached its launcher. */
function createOwnAlarms(scope: Construct, names: EnvironmentNames, missedStarts: Queue): void {
  const tell = new SnsAction(Topic.fromTopicArn(scope, 'Topic', names.topicArn));
  const [failed, timedOut, aborted] = runnerFailures(names.runnerArn);
  const common = {
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    // These metrics are silent when all is well.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
  const alarms = [
    new Alarm(scope, 'RunnerDied', {
      ...common,
      alarmName: `${names.runner}-died`,
      alarmDescription:
        'Steadfast did not conclude a run. Look at the runner and make sure that no FIS experiment is active.',
      metric: new MathExpression({
        expression: 'failed + timedOut + aborted',
        usingMetrics: {
          ...(failed === undefined ? {} : { failed }),
          ...(timedOut === undefined ? {} : { timedOut }),
          ...(aborted === undefined ? {} : { aborted }),
        },
        period: Duration.minutes(5),
      }),
    }),
    new Alarm(scope, 'StartMissed', {
      ...common,
      alarmName: `${names.runner}-start-missed`,
      alarmDescription:
        'A scheduled start did not reach its launcher. The message is in the queue of missed starts.',
      metric: missedStarts.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
    }),
  ];
  for (const alarm of alarms) alarm.addAlarmAction(tell);
}

function createParameters(scope: Construct, names: EnvironmentNames): void {
  const shared = {
    'runner-arn': names.runnerArn,
    'launcher-role-arn': names.launcherRoleArn,
    'scheduler-role-arn': names.schedulerRoleArn,
    'missed-starts-arn': names.missedStartsArn,
    'state-log-group-arn': names.stateLogGroupArn,
  };
  for (const [name, stringValue] of Object.entries(shared)) {
    new StringParameter(scope, `Parameter-${name}`, { parameterName: names.parameter(name), stringValue });
  }
}
