import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { memoryMbOf } from '../plan/function-sizes.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { probePermissions } from './function-permissions.ts';
import { functionSizes } from './function-sizes.ts';
import { statementOf } from './grant-statement.ts';
import { networkInterfaces, ownLog } from './run-grants.ts';
import { acknowledgeWildcards, reasonOfFunctions } from './wildcards.ts';

/**
 * The functions that probe from an environment's vantage points, one for each. They do nothing else, so they may do nothing else:
 * no trace either, since its subnets need have no way to X-Ray.
 */
export function createProbeFunctions(
  scope: Construct,
  environment: DeployedEnvironment,
  bundle: string,
): void {
  for (const name of Object.keys(environment.parsed.vantagePoints ?? {}))
    createProbeFunction(scope, name, environment, bundle);
}

function createProbeFunction(
  scope: Construct,
  name: string,
  environment: DeployedEnvironment,
  bundle: string,
): void {
  const { names, target, parsed } = environment;
  const point = parsed.vantagePoints?.[name];
  if (point === undefined) throw new SteadfastError('internal', `there is no vantage point ${name}`);
  const own = `probe-${name}`;
  const logGroup = new LogGroup(scope, `Probe-${name}-Log`, {
    logGroupName: names.functionLogGroup(own),
    retention: RetentionDays.THREE_MONTHS,
    // Like the log of the runner: no evidence.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `Probe-${name}-Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Steadfast: probes ${target.id} from ${name}`,
  });
  const grants = [
    ...probePermissions(environment),
    ownLog(environment, own),
    networkInterfaces(environment, own),
  ];
  for (const granted of grants) role.addToPolicy(statementOf(granted));
  acknowledgeWildcards(
    role,
    grants,
    (sid) => grants.find((granted) => granted.sid === sid)?.unlimited ?? reasonOfFunctions(sid),
  );
  const probing = new LambdaFunction(scope, `Probe-${name}`, {
    functionName: names.function(own),
    description: `Steadfast: probes ${target.id} from ${name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(bundle),
    role,
    // It sends requests at a rate and times them, as observing does, and no request outlives the slice that asks for it.
    timeout: Duration.seconds(functionSizes.observe.timeoutSeconds),
    memorySize: memoryMbOf('observe', target.limits.probesPerSecond),
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    environment: { NODE_OPTIONS: '--enable-source-maps' },
  });
  const resource = probing.node.defaultChild;
  if (!(resource instanceof CfnFunction))
    throw new SteadfastError('internal', 'the probing function has no CloudFormation resource');
  resource.vpcConfig = { subnetIds: [...point.subnets], securityGroupIds: [...point.securityGroups] };
  // Lambda makes the network interface as the function is made, and needs the permission by then.
  probing.node.addDependency(role);
}
