import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { memoryMbOf } from '../plan/function-sizes.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { functionPermissions } from './function-permissions.ts';
import { functionSizes } from './function-sizes.ts';
import { type HandlerBundles, type HandlerName, handlerNames } from './handler-bundles.ts';
import { createOwnFunction } from './own-function.ts';

export type RunnerFunctions = Readonly<Record<HandlerName, LambdaFunction>>;

/** The functions that the runner's states call. */
export function createRunnerFunctions(
  scope: Construct,
  environment: DeployedEnvironment,
  bundles: HandlerBundles,
): RunnerFunctions {
  const create = (name: HandlerName) =>
    createOwnFunction(scope, {
      name,
      title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      environment,
      bundle: bundles[name],
      grants: functionPermissions[name](environment),
      size: {
        ...functionSizes[name],
        memoryMb: memoryMbOf(name, environment.target.limits.probesPerSecond),
      },
    });
  const functions = {
    admit: create('admit'),
    observe: create('observe'),
    fault: create('fault'),
    rollback: create('rollback'),
    recover: create('recover'),
    conclude: create('conclude'),
  };
  return functions;
}

/** What the runner's definition calls each function: `${admitFunction}` and so on. */
export const functionSubstitutions = (functions: RunnerFunctions): Record<string, string> =>
  Object.fromEntries(handlerNames.map((name) => [`${name}Function`, functions[name].functionArn]));
