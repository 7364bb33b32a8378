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
import type { FunctionSize } from './function-sizes.ts';
import type { Grant } from './grant.ts';
import { statementOf } from './grant-statement.ts';
import { ownLog } from './run-grants.ts';
import { acknowledgeWildcards, reasonOfFunctions } from './wildcards.ts';

export interface OwnFunctionOptions {
  /** The end of its name: `admit`. */
  readonly name: string;
  /** The beginning of the ids of its constructs: `Admit`. */
  readonly title: string;
  readonly environment: DeployedEnvironment;
  readonly bundle: string;
  readonly grants: readonly Grant[];
  readonly size: FunctionSize;
  readonly variables?: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  /** Where others have to know it; otherwise CDK finds one. */
  readonly roleName?: string;
}

/** A function of Steadfast's, with a role and a log of its own. None is in a VPC but those that probe from one. */
export function createOwnFunction(scope: Construct, options: OwnFunctionOptions): LambdaFunction {
  const { name, title, environment, bundle, size, variables, reservedConcurrency, roleName } = options;
  const { names, target } = environment;
  const logGroup = new LogGroup(scope, `${title}Log`, {
    logGroupName: names.functionLogGroup(name),
    retention: RetentionDays.THREE_MONTHS,
    // Like the log of the runner: no evidence.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${title}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Steadfast: ${name} in ${target.id}`,
    ...(roleName === undefined ? {} : { roleName }),
  });
  const grants = [...options.grants, ownLog(environment, name)];
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
    timeout: Duration.seconds(size.timeoutSeconds),
    memorySize: size.memoryMb,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    environment: {
      STEADFAST_ENVIRONMENT: target.id,
      STEADFAST_TABLE: names.table,
      STEADFAST_BUCKET: names.bucket,
      STEADFAST_TOPIC_ARN: names.topicArn,
      ...variables,
      NODE_OPTIONS: '--enable-source-maps',
    },
  });
}
