import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

/** How an execution is doing. */
export interface ExecutionState {
  readonly status: 'running' | 'succeeded' | 'failed' | 'timed out' | 'aborted';
  readonly startMs?: number;
  /** Of one that failed. */
  readonly error?: string;
  readonly cause?: string;
  readonly output?: string;
}

const statuses: Readonly<Record<string, ExecutionState['status']>> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};

/**
 * Starts an execution of a state machine under a name. Asking again with the same input, as the SDK does where an answer was lost,
 * starts no second one.
 *
 * @returns its ARN
 * @throws SteadfastError `cannot-begin` where the name was used before, `unknown-id` where there is no such state machine
 */
export async function startExecution(
  sfn: SFNClient,
  options: { readonly stateMachineArn: string; readonly name: string; readonly input: unknown },
): Promise<string> {
  const { stateMachineArn, name, input } = options;
  const { executionArn } = await asking(
    { action: 'states:StartExecution', resource: stateMachineArn },
    async () => {
      try {
        return await sfn.send(
          new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
        );
      } catch (thrown) {
        if (isNamed(thrown, 'ExecutionAlreadyExists')) {
          throw new SteadfastError(
            'cannot-begin',
            `the name '${name}' was used before: a run has it for good`,
            {
              hint: 'start it again: each start makes a name of its own',
              cause: thrown,
            },
          );
        }
        if (isNamed(thrown, 'StateMachineDoesNotExist', 'StateMachineDeleting')) {
          throw new SteadfastError('unknown-id', `there is no state machine ${stateMachineArn} any more`, {
            hint: 'deploy the environment again',
            cause: thrown,
          });
        }
        throw thrown;
      }
    },
  );
  if (executionArn === undefined)
    throw new SteadfastError('internal', `AWS did not say which execution '${name}' is`);
  return executionArn;
}

/** How an execution is doing; undefined where there is none of the ARN. */
export async function describeExecution(
  sfn: SFNClient,
  executionArn: string,
): Promise<ExecutionState | undefined> {
  const found = await asking({ action: 'states:DescribeExecution', resource: executionArn }, async () => {
    try {
      return await sfn.send(new DescribeExecutionCommand({ executionArn }));
    } catch (thrown) {
      if (isNamed(thrown, 'ExecutionDoesNotExist')) return undefined;
      throw thrown;
    }
  });
  return found === undefined ? undefined : stateOf(found);
}

function stateOf({
  status,
  startDate,
  error,
  cause,
  output,
}: Partial<DescribeExecutionOutput>): ExecutionState {
  const known = statuses[status ?? ''];
  if (known === undefined)
    throw new SteadfastError(
      'internal',
      `Step Functions says that the execution is ${status ?? 'nothing'}, which nobody knows`,
    );
  return {
    status: known,
    ...(startDate === undefined ? {} : { startMs: startDate.getTime() }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(output === undefined ? {} : { output }),
  };
}
