import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { functionPermissions } from './function-permissions.ts';
import { functionSizes } from './function-sizes.ts';
import { type HandlerBundles, type HandlerName, handlerNames } from './handler-bundles.ts';
import { acknowledgeWildcards, reasonOfFunctions } from './wildcards.ts';

/** Those that ask services. Rollbacks do too: their own requests, and the probes that prove them. */
const probing: readonly HandlerName[] = ['observe', 'rollback'];

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
  for (const name of probing) probeFromSubnets(functions[name], environment);
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
  const statements = [
    ...functionPermissions[name](environment),
    new PolicyStatement({
      sid: 'Log',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${names.functionLogGroupArn(name)}:*`],
    }),
    ...(probing.includes(name) ? reachSubnets(environment) : []),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  // CDK itself adds the permission to deliver traces.
  acknowledgeWildcards(role, [...statements, { sid: 'Trace', resources: ['*'] }], reasonOfFunctions);
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

/** Puts a function into the subnets from which private services can be asked. */
function probeFromSubnets(called: LambdaFunction, { parsed: { probeFrom } }: DeployedEnvironment): void {
  if (probeFrom === undefined) return;
  const resource = called.node.defaultChild;
  if (!(resource instanceof CfnFunction))
    throw new SteadfastError('internal', 'the probing function has no CloudFormation resource');
  resource.vpcConfig = { subnetIds: [...probeFrom.subnets], securityGroupIds: [...probeFrom.securityGroups] };
}

/** Network interfaces know no resource at the time of these calls (Lambda developer guide, "Execution role permissions"). */
const reachSubnets = ({ parsed: { probeFrom } }: DeployedEnvironment) =>
  probeFrom === undefined
    ? []
    : [
        new PolicyStatement({
          sid: 'NetworkInterfaces',
          actions: [
            'ec2:AssignPrivateIpAddresses',
            'ec2:CreateNetworkInterface',
            'ec2:DeleteNetworkInterface',
            'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSubnets',
            'ec2:UnassignPrivateIpAddresses',
          ],
          resources: ['*'],
        }),
      ];

/** What the runner's definition calls each function: `${admitFunction}` and so on. */
export const functionSubstitutions = (functions: RunnerFunctions): Record<string, string> =>
  Object.fromEntries(handlerNames.map((name) => [`${name}Function`, functions[name].functionArn]));
