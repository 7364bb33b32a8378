import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import protocol from '../../game-day/game-day.asl.json' with { type: 'json' };
import type { GameDayInput } from '../../game-day/input.ts';
import { partitionOf } from '../../plan/aws-names.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';
import { statementOf } from '../grant-statement.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from '../wildcards.ts';
import { executionsOf, machinePermissions } from './permissions.ts';

/**
 * The protocol as it is deployed for one game day: what was planned is in it, so that starting it with `{}` holds an edition. What people
 * wrote goes in last, since `${...}` in it is no name of anything.
 */
function gameDayDefinition(
  input: GameDayInput,
  options: { readonly functionArn: string; readonly region: string },
): unknown {
  const values: Readonly<Record<string, string>> = {
    gameDayFunction: options.functionArn,
    partition: partitionOf(options.region),
  };
  const filled = filledIn(protocol.States, values);
  return {
    ...protocol,
    Comment: `${input.title}. Start it with {} to hold an edition.`,
    States: { ...filled, Plan: { ...protocol.States.Plan, Result: { input } } },
  };
}

/** The same with `${name}` replaced in every text. */
function filledIn(part: object, values: Readonly<Record<string, string>>): object {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    if (Array.isArray(value)) return value.map(fill);
    return typeof value === 'object' && value !== null ? filledIn(value, values) : value;
  };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value)]));
}

/** As JSON in which CloudFormation finds no name to put something in place of: the dollar sign is written as JSON's own escape. */
const literal = (definition: unknown): string => JSON.stringify(definition).replaceAll('${', '\\u0024{');

/** One state machine for each game day, with a role that starts the launchers of its own stages alone. */
export function createGameDayMachine(
  scope: Construct,
  environment: DeployedEnvironment,
  options: { readonly input: GameDayInput; readonly step: LambdaFunction },
): void {
  const { names, place } = environment;
  const { input, step } = options;
  const functionArn = names.arn('lambda', `function:${names.function('game-day')}`);
  const definition = gameDayDefinition(input, { functionArn, region: place.region });
  const machine = new StateMachine(scope, `Machine-${input.id}`, {
    stateMachineName: names.gameDay(input.id),
    definitionBody: DefinitionBody.fromString(literal(definition)),
    tracingEnabled: true,
    logs: {
      destination: LogGroup.fromLogGroupArn(scope, `StateLog-${input.id}`, names.stateLogGroupArn),
      level: LogLevel.ALL,
      // What happened is in the game day's own log; this one is for the order of things.
      includeExecutionData: false,
    },
  });
  machine.node.addDependency(step);
  const launchers = [...new Set(input.stages.map(({ launcher }) => launcher))];
  for (const granted of machinePermissions(environment, functionArn, launchers))
    machine.addToRolePolicy(statementOf(granted));
  acknowledgeWildcard(machine, '*', observabilityKnowsNoResource);
  for (const launcher of launchers)
    acknowledgeWildcard(machine, executionsOf(launcher), 'the runs of a stage have new names');
}
