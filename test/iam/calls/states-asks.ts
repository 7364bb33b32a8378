import * as z from 'zod';
import { type Ask, type Asks, asking, tagContext } from './asking.ts';

/** A launcher carries the tag of its environment. */
function toMachine(call: string, stateMachineArn: string): Ask {
  const StateMachineName = stateMachineArn.split(':').at(-1) ?? '';
  const [, id] = /^steadfast-(staging|sandbox)-/.exec(StateMachineName) ?? [];
  return {
    action: `states:${call}`,
    on: ['statemachine', { StateMachineName }],
    ...(id === undefined ? {} : { context: tagContext('aws:ResourceTag', { 'steadfast:environment': id }) }),
  };
}

/** What IAM is asked for the commands of Step Functions. */
export const statesAsks: Readonly<Record<string, Asks>> = {
  DescribeExecutionCommand: asking(z.looseObject({ executionArn: z.string() }), ({ executionArn }) => {
    const [StateMachineName = '', ExecutionId = ''] = executionArn.split(':').slice(-2);
    return [{ action: 'states:DescribeExecution', on: ['execution', { StateMachineName, ExecutionId }] }];
  }),
  ListExecutionsCommand: asking(z.looseObject({ stateMachineArn: z.string() }), ({ stateMachineArn }) => [
    toMachine('ListExecutions', stateMachineArn),
  ]),
  DescribeStateMachineCommand: asking(
    z.looseObject({ stateMachineArn: z.string() }),
    ({ stateMachineArn }) => [toMachine('DescribeStateMachine', stateMachineArn)],
  ),
  StartExecutionCommand: asking(z.looseObject({ stateMachineArn: z.string() }), ({ stateMachineArn }) => [
    toMachine('StartExecution', stateMachineArn),
  ]),
  StopExecutionCommand: asking(z.looseObject({ executionArn: z.string() }), ({ executionArn }) => {
    const [StateMachineName = '', ExecutionId = ''] = executionArn.split(':').slice(-2);
    return [{ action: 'states:StopExecution', on: ['execution', { StateMachineName, ExecutionId }] }];
  }),
};
