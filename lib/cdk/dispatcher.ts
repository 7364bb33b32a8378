import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import dispatcherDefinition from '../campaign/dispatch/dispatcher.asl.json' with { type: 'json' };
import { partitionOf } from '../plan/aws-names.ts';
import { createCampaignBus } from './campaign-bus.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { dispatcherPermissions, dispatchPermissions } from './dispatch-permissions.ts';
import { dispatchSize } from './function-sizes.ts';
import { statementOf } from './grant-statement.ts';
import { createOwnFunction } from './own-function.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';

/** What follows the plans of campaigns: a state machine, the function of its steps, and the bus on which partners are heard. */
export function createDispatcher(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly bundle: string; readonly logGroup: ILogGroup; readonly failures: Queue },
): void {
  const { names, place, partners } = environment;
  const dispatch = createOwnFunction(scope, {
    name: 'dispatch',
    title: 'Dispatch',
    environment,
    bundle: parts.bundle,
    grants: dispatchPermissions(environment),
    size: dispatchSize,
    // By its name the buses of partners let it in.
    ...(partners.length === 0 ? {} : { roleName: names.dispatchRole }),
  });
  if (partners.length > 0) createCampaignBus(scope, environment, { dispatch, failures: parts.failures });
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
