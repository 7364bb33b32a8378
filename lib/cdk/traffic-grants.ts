import { executionArn, stateMachineArn, trafficExecutionPrefix } from '../plan/aws-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grantOnNamed } from './grant.ts';

/** Starting the state machines that the environment declares for traffic, and no others. */
export const startMachines = ({ parsed, place }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed(
    'StateMachines',
    ['states:StartExecution'],
    Object.values(parsed.stateMachines ?? {}),
    (name) => stateMachineArn(name, place),
  );

/** Stopping their executions, but only those that Steadfast has started: it names them. */
export const stopMachines = ({ parsed, place }: DeployedEnvironment): readonly Grant[] =>
  grantOnNamed(
    'TrafficExecutions',
    ['states:StopExecution'],
    Object.values(parsed.stateMachines ?? {}).map((name) =>
      executionArn(stateMachineArn(name, place), `${trafficExecutionPrefix}*`),
    ),
    (arn) => arn,
  );
