import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import runnerDefinition from '../run/runner.asl.json' with { type: 'json' };
import type { DeployedEnvironment } from './deployed-environment.ts';
import { createDispatcher } from './dispatcher.ts';
import { endAllRunsBefore } from './end-runs-first.ts';
import { statementOf } from './grant-statement.ts';
import type { HandlerBundles } from './handler-bundles.ts';
import { createIndependentStop } from './independent-stop.ts';
import { createKillSwitch } from './kill-switch.ts';
import { createOwnAlarms } from './own-alarms.ts';
import { publishVersion } from './own-version.ts';
import { createProbeFunctions } from './probe-functions.ts';
import { createReportFunction } from './report-function.ts';
import { createRunnerFunctions, functionSubstitutions } from './runner-functions.ts';
import { runnerPermissions } from './start-permissions.ts';
import { createStartRoles } from './start-roles.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';
import { createFailureQueue } from './woken-by-events.ts';

/** What carries out the runs of an environment: the runner, its functions, and the roles that start it. */
export class RunnerStack extends Stack {
  constructor(scope: Construct, id: string, environment: DeployedEnvironment, bundles: HandlerBundles) {
    const { names, place, target } = environment;
    super(scope, id, { env: place, stackName: id, description: `Steadfast: the runner of ${target.id}` });
    const functions = createRunnerFunctions(this, environment, bundles);
    createProbeFunctions(this, environment, bundles.probe);
    const failures = createFailureQueue(this, {
      id: 'StopFailures',
      queueName: names.stopFailures,
      woken: 'the independent stop, the function of reports and that of dispatchers',
    });
    const stops = createIndependentStop(this, environment, { bundles, failures });
    createReportFunction(this, environment, { bundle: bundles.report, failures });
    const logGroup = new LogGroup(this, 'StateLog', {
      logGroupName: names.stateLogGroup,
      retention: RetentionDays.THREE_MONTHS,
      // It tells how Steadfast worked. What it found out is evidence, and in the core stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    createKillSwitch(this, environment, { halt: stops.halt, logGroup });
    const runner = new StateMachine(this, 'Runner', {
      stateMachineName: names.runner,
      definitionBody: DefinitionBody.fromString(JSON.stringify(runnerDefinition)),
      definitionSubstitutions: functionSubstitutions(functions),
      tracingEnabled: true,
      logs: {
        destination: logGroup,
        level: LogLevel.ALL,
        // The plan is in the bucket already; the log is for the order of things.
        includeExecutionData: false,
      },
    });
    const functionArns = Object.values(functions).map(({ functionArn }) => functionArn);
    for (const granted of runnerPermissions(functionArns)) runner.addToRolePolicy(statementOf(granted));
    acknowledgeWildcard(runner, '*', observabilityKnowsNoResource);
    createStartRoles(this, environment);
    createDispatcher(this, environment, { bundle: bundles.dispatch, logGroup, failures });
    const missedStarts = new Queue(this, 'MissedStarts', {
      queueName: names.missedStarts,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Its alarm has told of what is in it, and a start that was missed is not made up for.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(missedStarts).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'it is a dead-letter queue itself: that of the schedules, which are in other stacks',
    });
    createOwnAlarms(this, names);
    createParameters(this, names);
    publishVersion(this, 'runner', names);
    endAllRunsBefore(this, names);
  }
}

function createParameters(scope: Construct, names: EnvironmentNames): void {
  const shared = {
    'runner-arn': names.runnerArn,
    'dispatcher-arn': names.dispatcherArn,
    'launcher-role-arn': names.launcherRoleArn,
    'scheduler-role-arn': names.schedulerRoleArn,
    'missed-starts-arn': names.missedStartsArn,
    'state-log-group-arn': names.stateLogGroupArn,
  };
  for (const [name, stringValue] of Object.entries(shared)) {
    new StringParameter(scope, `Parameter-${name}`, { parameterName: names.parameter(name), stringValue });
  }
}
