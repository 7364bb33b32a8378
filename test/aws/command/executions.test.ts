import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type ExecutionStatus,
  SFNClient,
  StartExecutionCommand,
  StateMachineDeleting,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeExecution, startExecution } from '../../../lib/aws/command/executions.ts';

const sfn = new SFNClient({ region: 'eu-west-1' });
const mock = mockClient(sfn);
beforeEach(() => void mock.reset());

const stateMachineArn = 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow';
const executionArn = 'arn:aws:states:eu-west-1:111111111111:execution:steadfast-staging-slow:slow-1';
const metadata = { $metadata: {}, message: 'refused' };

describe('starting an execution', () => {
  const start = () => startExecution(sfn, { stateMachineArn, name: 'slow-1', input: { asked: true } });

  it('tells its ARN', async () => {
    mock.on(StartExecutionCommand).resolves({ executionArn, startDate: new Date(0) });
    expect(await start()).toBe(executionArn);
    expect(mock.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn,
      name: 'slow-1',
      input: '{"asked":true}',
    });
  });

  it.each([
    [new ExecutionAlreadyExists(metadata), 'cannot-begin', "the name 'slow-1' was used before"],
    [new StateMachineDoesNotExist(metadata), 'unknown-id', `there is no state machine ${stateMachineArn}`],
    [new StateMachineDeleting(metadata), 'unknown-id', `there is no state machine ${stateMachineArn}`],
  ])('is refused with what to do (%#)', async (thrown, code, message) => {
    mock.on(StartExecutionCommand).rejects(thrown);
    const refusal = await start().catch((cause: unknown) => cause);
    expect(refusal).toMatchObject({ code, cause: thrown });
    expect(String(refusal)).toContain(message);
  });

  it('that is not named in the answer has failed: nobody could follow it', async () => {
    mock.on(StartExecutionCommand).resolves({});
    await expect(start()).rejects.toThrow("AWS did not say which execution 'slow-1' is");
  });
});

describe('how an execution is doing', () => {
  const described = () => describeExecution(sfn, executionArn);

  it.each<[ExecutionStatus, string]>([
    ['RUNNING', 'running'],
    ['PENDING_REDRIVE', 'running'],
    ['SUCCEEDED', 'succeeded'],
    ['TIMED_OUT', 'timed out'],
    ['ABORTED', 'aborted'],
  ])('%s is %s', async (status, told) => {
    mock.on(DescribeExecutionCommand).resolves({ status });
    expect(await described()).toEqual({ status: told });
  });

  it('holds why it failed, and since when it ran', async () => {
    const why = { error: 'States.Timeout', cause: 'too slow', output: '{}' };
    mock.on(DescribeExecutionCommand).resolves({ status: 'FAILED', startDate: new Date(5), ...why });
    expect(await described()).toEqual({ status: 'failed', startMs: 5, ...why });
  });

  it('is nothing where there is none', async () => {
    mock.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(metadata));
    expect(await described()).toBeUndefined();
  });

  it('is never guessed from no word at all', async () => {
    mock.on(DescribeExecutionCommand).resolves({});
    await expect(described()).rejects.toThrow('the execution is nothing, which nobody knows');
  });

  it('is not taken for gone where AWS does not answer', async () => {
    mock.on(DescribeExecutionCommand).rejects(new Error('no route'));
    await expect(described()).rejects.toThrow();
  });
});
