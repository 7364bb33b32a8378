import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { launcherDefinition } from '../../lib/cdk/launcher-definition.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { variantsOf } from '../../lib/plan/variants.ts';
import { withFields } from '../fakes/matching.ts';
import { planOf } from '../plan/examples.ts';
import { openDatabase } from '../plan/opened.ts';
import { aslProblemsOf } from './asl-problems.ts';

const options = {
  title: 'A slow database does not slow the shop',
  runnerArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
  region: 'eu-west-1',
  bucket: 'journals',
};
const definition = launcherDefinition({ ...options, input: planOf().input });

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

  const gameDay = { edition: 'payments-20260101-000000-abcd', stage: 2, attempt: 1, approvalMs: 600_000 };

  it.each([
    [{ stage: 2 }, { only: { asked: 2 } }],
    [{ stage: 'two' }, { only: { asked: 'two' } }],
    [{ gameDay }, { gameDay }],
    [
      { gameDay: { ...gameDay, more: 'of it' }, stage: 1 },
      { gameDay, only: { asked: 1 } },
    ],
  ])('hands on the stage that is to run alone, and the game day that starts it: %j', async (input, added) => {
    const started: unknown[] = [];
    await launch(input, (parameters) => {
      started.push(parameters);
      return { Output: { verdict: 'held' } };
    });
    const handedOn = { ...planOf().input, ...added };
    expect(started).toEqual([withFields({ Input: withFields({ input: handedOn }) })]);
    expect(runnerInputSchema.safeParse(handedOn).success).toBe(true);
  });

  it.each([
    [{ gameDay: {} }],
    [{ gameDay: true }],
    [{ gameDay: { ...gameDay, approvalMs: 0 } }],
    [{ gameDay: { ...gameDay, approvalMs: 4 * 3_600_000 + 1 } }],
    [{ gameDay: { ...gameDay, approvalMs: '600000' } }],
    [{ gameDay: { ...gameDay, edition: 7 } }],
  ])('begins nothing where that is no game day, since nobody would be asked: %j', async (input) => {
    const started: unknown[] = [];
    expect(
      await launch(input, (parameters) => {
        started.push(parameters);
        return { Output: { verdict: 'held' } };
      }),
    ).toBe('rejected');
    expect(started).toEqual([]);
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

describe('a launcher of an experiment that opens something', () => {
  const { opens } = openDatabase;
  const inputs = variantsOf(experimentSchema.parse(openDatabase)).map(
    ({ set }) => planOf(openDatabase, undefined, undefined, set).input,
  );
  const [input = planOf().input, ...others] = inputs;
  const open = launcherDefinition({ ...options, input, opens, others });

  const handedOn = async (given: unknown) => {
    const started: unknown[] = [];
    const ended = await launch(
      given,
      (task) => {
        started.push(task);
        return { Output: { verdict: 'held' } };
      },
      open,
    );
    const schema = z.tuple([z.looseObject({ Input: z.looseObject({ input: runnerInputSchema }) })]);
    return started.length === 0 ? ended : schema.parse(started)[0].Input.input;
  };

  it('is accepted by the ASL validator', () => {
    expect(aslProblemsOf(open)).toEqual([]);
  });

  it('runs the defaults where nothing is set, or nothing else', async () => {
    expect(await handedOn({})).toEqual(input);
    expect(await handedOn({ set: {} })).toEqual({ ...input, asked: {} });
    expect(await handedOn({ set: { delay: '500ms' } })).toEqual({ ...input, asked: { delay: '500ms' } });
  });

  it.each(inputs.map((one) => [one.set, one]))('runs exactly the plan of %j', async (set, planned) => {
    expect(await handedOn({ set })).toEqual({ ...planned, plan: input.plan, asked: set });
    expect(await handedOn({ set, acceptInconclusive: true })).toMatchObject({
      set,
      acceptInconclusive: true,
    });
  });

  it('takes the defaults of what is left alone', async () => {
    expect(await handedOn({ set: { jitter: '100ms' } })).toMatchObject({
      set: { delay: '500ms', jitter: '100ms' },
    });
  });

  it.each([[{ delay: '3s' }], [{ delay: 1 }], [{ delay: '1s', jitter: '7ms' }]])(
    'begins nothing with a value that is not open: %j',
    async (set) => {
      expect(await handedOn({ set })).toBe('rejected');
    },
  );

  it('runs one stage alone of what is set, in a game day too', async () => {
    const gameDay = { edition: 'payments-1', stage: 1, attempt: 2, approvalMs: 1 };
    const set = { delay: '1s' };
    expect(await handedOn({ set, stage: 1, gameDay })).toMatchObject({ set, only: { asked: 1 }, gameDay });
  });

  it('hands on a name that nothing opens, which admission refuses', async () => {
    expect(await handedOn({ set: { dealy: '1s' } })).toEqual({ ...input, asked: { dealy: '1s' } });
  });

  it('begins nothing with anything set where nothing is open', async () => {
    expect(await launch({ set: { delay: '1s' } }, () => ({ Output: { verdict: 'held' } }))).toBe('rejected');
  });
});

const interpretable = z.custom<StateMachineDefinition>((value) => aslProblemsOf(value).length === 0);

/** How an execution ended: `succeeded`, or its error. */
async function launch(
  input: unknown,
  runner: (parameters: unknown) => unknown,
  launched: unknown = definition,
): Promise<string> {
  const machine = new StateMachine(interpretable.parse(launched), {
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
