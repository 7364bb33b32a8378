import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import dispatcherDefinition from '../campaign/dispatch/dispatcher.asl.json' with { type: 'json' };
import { partitionOf } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { dispatcherPermissions, dispatchPermissions } from './dispatch-permissions.ts';
import { dispatchSize } from './function-sizes.ts';
import { statementOf } from './grant-statement.ts';
import { createOwnFunction } from './own-function.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';

/** What follows the plans of campaigns: a state machine and the function of its steps. */
export function createDispatcher(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly bundle: string; readonly logGroup: ILogGroup },
): void {
  const { names, place } = environment;
  const dispatch = createOwnFunction(scope, {
    name: 'dispatch',
    title: 'Dispatch',
    environment,
    bundle: parts.bundle,
    grants: dispatchPermissions(environment),
    size: dispatchSize,
  });
  const dispatcher = new StateMachine(scope, 'Dispatcher', {
    stateMachineName: names.dispatcher,
    comment: 'Follows the plans of campaigns',
    definitionBody: DefinitionBody.fromString(JSON.stringify(dispatcherDefinition)),
    definitionSubstitutions: {
      dispatchFunction: dispatch.functionArn,
      partition: partitionOf(place.region),
    },
    tracingEnabled: true,
    logs: { destination: parts.logGroup, level: LogLevel.ALL, includeExecutionData: true },
  });
  for (const granted of dispatcherPermissions(environment, dispatch.functionArn))
    dispatcher.addToRolePolicy(statementOf(granted));
  acknowledgeWildcard(dispatcher, '*', observabilityKnowsNoResource);
}
