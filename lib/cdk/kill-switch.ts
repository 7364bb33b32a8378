import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import haltDefinition from '../run/independent/halt.asl.json' with { type: 'json' };
import type { DeployedEnvironment } from './deployed-environment.ts';
import { statementOf } from './grant-statement.ts';
import { haltMachinePermissions } from './stop-permissions.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';

/** The state machine that people start, from the console or by the command, to halt everything or one run. */
export function createKillSwitch(
  scope: Construct,
  { names }: DeployedEnvironment,
  parts: { readonly halt: LambdaFunction; readonly logGroup: ILogGroup },
): StateMachine {
  const machine = new StateMachine(scope, 'KillSwitch', {
    stateMachineName: names.halt,
    definitionBody: DefinitionBody.fromString(JSON.stringify(haltDefinition)),
    definitionSubstitutions: { haltFunction: parts.halt.functionArn },
    tracingEnabled: true,
    logs: { destination: parts.logGroup, level: LogLevel.ALL, includeExecutionData: true },
  });
  for (const granted of haltMachinePermissions(parts.halt.functionArn))
    machine.addToRolePolicy(statementOf(granted));
  acknowledgeWildcard(machine, '*', observabilityKnowsNoResource);
  return machine;
}
