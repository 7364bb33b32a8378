import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { launcherDefinition } from '../../lib/cdk/launcher-definition.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { withFields } from '../fakes/matching.ts';
import { planOf } from '../plan/examples.ts';
import { aslProblemsOf } from './asl-problems.ts';

const definition = launcherDefinition({
  title: 'A slow database does not slow the shop',
  input: planOf().input,
  runnerArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
  region: 'eu-west-1',
  bucket: 'journals',
});

describe('a launcher', () => {
  it('is accepted by the ASL validator', () => {
    expect(aslProblemsOf(definition)).toEqual([]);
  });

  it('starts with {}, and hands its plan and its own name to the runner', async () => {
    const started: unknown[] = [];
    await launch({}, (parameters) => {
      started.push(parameters);
      return { Output: { verdict: 'held' } };
    });
    expect(started).toMatchObject([
      { Name: 'run-1', Input: { runId: 'run-1', input: planOf().input, failures: {} } },
    ]);
  });

  it.each([[{}], [{ input: 'of somebody else' }], [[1, 2]]])(
    'starts with %j all the same: what was deployed is what runs',
    async (input) => {
      expect(await launch(input, () => ({ Output: { verdict: 'held' } }))).toBe('succeeded');
    },
  );

  it.each([
    [{ acceptInconclusive: true }, { ...planOf().input, acceptInconclusive: true }],
    [{ acceptInconclusive: false }, planOf().input],
    [{ acceptInconclusive: 'true' }, planOf().input],
    [[{ acceptInconclusive: true }], planOf().input],
  ])('hears of %j only the wish to run where too little may be seen', async (input, handedOn) => {
    const started: unknown[] = [];
    await launch(input, (parameters) => {
      started.push(parameters);
      return { Output: { verdict: 'inconclusive' } };
    });
    expect(started).toEqual([withFields({ Input: withFields({ input: handedOn }) })]);
    expect(runnerInputSchema.safeParse(handedOn).success).toBe(true);
  });

  it.each([
    [{ scheduledTime: '2026-11-30T02:00:00Z' }, { scheduled: { time: '2026-11-30T02:00:00Z' } }],
    [
      { scheduledTime: '2026-11-30T02:00:00Z', acceptInconclusive: true, input: 'of somebody else' },
      { scheduled: { time: '2026-11-30T02:00:00Z' }, acceptInconclusive: true },
    ],
    [{ scheduledTime: 5 }, {}],
  ])('hands on when a schedule was to start it: %j', async (input, added) => {
    const started: unknown[] = [];
    await launch(input, (parameters) => {
      started.push(parameters);
      return { Output: { verdict: 'held' } };
    });
    const handedOn = { ...planOf().input, ...added };
    expect(started).toEqual([withFields({ Input: withFields({ input: handedOn }) })]);
    expect(runnerInputSchema.safeParse(handedOn).success).toBe(true);
  });

  it.each(['deviated', 'inconclusive', 'halted', 'rejected', 'unrecovered', 'errored'])(
    'fails with the verdict as its error: %s',
    async (verdict) => {
      expect(await launch({}, () => ({ Output: { verdict } }))).toBe(verdict);
    },
  );

  it('fails as errored when the runner concluded nothing', async () => {
    expect(await launch({}, () => ({ Output: {} }))).toBe('errored');
  });

  it.each([
    ['died', 'States.TaskFailed', 'errored'],
    ['had a run of this name before', 'StepFunctions.ExecutionAlreadyExistsException', 'rejected'],
  ])('fails when the runner %s', async (_, name, error) => {
    const failure = Object.assign(new Error('it did not go well'), { name });
    expect(
      await launch({}, () => {
        throw failure;
      }),
    ).toBe(error);
  });
});

const interpretable = z.custom<StateMachineDefinition>((value) => aslProblemsOf(value).length === 0);

/** How an execution ended: `succeeded`, or its error. */
async function launch(input: unknown, runner: (parameters: unknown) => unknown): Promise<string> {
  const machine = new StateMachine(interpretable.parse(definition), {
    validationOptions: { checkArn: false },
  });
  const execution = machine.run(z.json().parse(input), {
    overrides: {
      taskResourceLocalHandlers: { Run: (parameters) => z.json().parse(runner(parameters)) },
      retryIntervalOverrides: { Run: 0 },
    },
    context: { Execution: { Id: 'arn:run-1', Name: 'run-1', Input: z.json().parse(input) } },
  });
  // The promise only says that there was an error; the log says which.
  const settled = Promise.allSettled([execution.result]);
  let ended = 'never';
  for await (const event of execution.eventLogs) {
    if (event.type === 'ExecutionSucceeded') ended = 'succeeded';
    if (event.type === 'ExecutionFailed') ended = event.Error;
  }
  await settled;
  return ended;
}
