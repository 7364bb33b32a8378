import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { functionPermissions } from './function-permissions.ts';
import { functionSizes } from './function-sizes.ts';
import { statementOf } from './grant-statement.ts';
import { type HandlerBundles, type HandlerName, handlerNames } from './handler-bundles.ts';
import { ownLog } from './run-grants.ts';
import { acknowledgeWildcards, reasonOfFunctions } from './wildcards.ts';

export type RunnerFunctions = Readonly<Record<HandlerName, LambdaFunction>>;

/** The functions that the runner's states call. */
export function createRunnerFunctions(
  scope: Construct,
  environment: DeployedEnvironment,
  bundles: HandlerBundles,
): RunnerFunctions {
  const create = (name: HandlerName) => createFunction(scope, name, environment, bundles[name]);
  const functions = {
    admit: create('admit'),
    observe: create('observe'),
    fault: create('fault'),
    rollback: create('rollback'),
    conclude: create('conclude'),
  };
  return functions;
}

function createFunction(
  scope: Construct,
  name: HandlerName,
  environment: DeployedEnvironment,
  bundle: string,
): LambdaFunction {
  const { names, target } = environment;
  const { timeoutSeconds, memoryMb } = functionSizes[name];
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const logGroup = new LogGroup(scope, `${title}Log`, {
    logGroupName: names.functionLogGroup(name),
    retention: RetentionDays.THREE_MONTHS,
    // Like the log of the runner: no evidence.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${title}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Steadfast: ${name} in ${target.id}`,
  });
  const grants = [...functionPermissions[name](environment), ownLog(environment, name)];
  for (const granted of grants) role.addToPolicy(statementOf(granted));
  // CDK itself adds the permission to deliver traces.
  acknowledgeWildcards(
    role,
    [...grants, { sid: 'Trace', resources: ['*'] }],
    (sid) => grants.find((granted) => granted.sid === sid)?.unlimited ?? reasonOfFunctions(sid),
  );
  return new LambdaFunction(scope, title, {
    functionName: names.function(name),
    description: `Steadfast: ${name} in ${target.id}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(bundle),
    role,
    timeout: Duration.seconds(timeoutSeconds),
    memorySize: memoryMb,
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    environment: {
      STEADFAST_ENVIRONMENT: target.id,
      STEADFAST_TABLE: names.table,
      STEADFAST_BUCKET: names.bucket,
      STEADFAST_TOPIC_ARN: names.topicArn,
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
}

/** What the runner's definition calls each function: `${admitFunction}` and so on. */
export const functionSubstitutions = (functions: RunnerFunctions): Record<string, string> =>
  Object.fromEntries(handlerNames.map((name) => [`${name}Function`, functions[name].functionArn]));
