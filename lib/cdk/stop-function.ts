import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { stopSizes } from './function-sizes.ts';
import type { HandlerBundles, StopName } from './handler-bundles.ts';
import { createOwnFunction } from './own-function.ts';
import { stopPermissions } from './stop-permissions.ts';

const titles: Readonly<Record<StopName, string>> = {
  stop: 'Stop',
  halt: 'Halt',
  'end-first': 'Endruns',
};

/** A function that ends runs from outside the runner. */
export function createStopFunction(
  scope: Construct,
  name: StopName,
  environment: DeployedEnvironment,
  bundles: HandlerBundles,
): LambdaFunction {
  const { names, parsed } = environment;
  return createOwnFunction(scope, {
    name,
    title: titles[name],
    environment,
    bundle: bundles[name],
    grants: stopPermissions[name](environment),
    size: stopSizes[name],
    variables: { STEADFAST_RUNNER_EXECUTIONS: names.runnerExecutionsArn.replace(/:\*$/, '') },
    reservedConcurrency: name === 'end-first' ? undefined : parsed.reservedConcurrency,
  });
}
