import {
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  type StartExecutionCommandInput,
  StopExecutionCommand,
  type StopExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import type { Clock } from '../../lib/run/ports.ts';

const inputSchema = z.looseObject({ fromMs: z.number(), untilMs: z.number() });

const failure = (name: string) => Object.assign(new Error(name), { name });

/**
 * Step Functions with standard state machines that keep to the contract: each execution makes load from one time to another, unless it
 * is stopped. Names are taken for good, and the same name with the same input is the same execution for as long as it runs.
 */
export function createFakeStepFunctions(clock: Pick<Clock, 'now'>) {
  const sfn = new SFNClient({ region: 'eu-west-1' });
  const machines = mockClient(sfn);
  const executions = new Map<string, { readonly input: string; readonly fromMs: number; untilMs: number }>();
  // None of what makes traffic is a runner that died.
  machines.on(ListExecutionsCommand).resolves({ executions: [] });
  machines
    .on(StartExecutionCommand)
    .callsFake(({ stateMachineArn = '', name = '', input = '' }: StartExecutionCommandInput) => {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const before = executions.get(executionArn);
      if (before !== undefined && (before.input !== input || before.untilMs <= clock.now()))
        throw failure('ExecutionAlreadyExists');
      if (before === undefined)
        executions.set(executionArn, { input, ...inputSchema.parse(JSON.parse(input)) });
      return { executionArn };
    })
    .on(StopExecutionCommand)
    .callsFake(({ executionArn = '' }: StopExecutionCommandInput) => {
      const one = executions.get(executionArn);
      if (one === undefined) throw failure('ExecutionDoesNotExist');
      one.untilMs = Math.min(one.untilMs, clock.now());
      return { stopDate: new Date(clock.now()) };
    });
  return {
    sfn,
    machines,
    /** How many executions make load now. */
    running: () =>
      [...executions.values()].filter(({ fromMs, untilMs }) => fromMs <= clock.now() && clock.now() < untilMs)
        .length,
    /** How many make load now, or will. */
    left: () => [...executions.values()].filter(({ untilMs }) => clock.now() < untilMs).length,
  };
}
