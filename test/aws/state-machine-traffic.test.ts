import { StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { createAwsTraffic } from '../../lib/aws/aws-traffic.ts';
import { createAwsClients } from '../../lib/aws/clients.ts';
import { stretchAt } from '../../lib/run/stretch.ts';
import { runnerInput, slowDatabase } from '../fakes/fake-aws-input.ts';
import { createFakeStepFunctions } from '../fakes/fake-step-functions.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { itMakesTraffic } from '../run/traffic-contract.ts';

const machineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:shop-shoppers';
const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:shop-shoppers';

function setUp(declared = 'shop-shoppers') {
  const clock = createVirtualClock();
  const input = runnerInput({
    definition: {
      ...slowDatabase,
      traffic: { stateMachine: { name: 'shoppers', input: { perSecond: 20 } } },
    },
    stateMachines: { shoppers: declared },
  });
  const fake = createFakeStepFunctions(clock);
  const { lambda } = createAwsClients();
  return { ...fake, clock, traffic: createAwsTraffic({ lambda, sfn: fake.sfn, clock, input }) };
}

const stretch = stretchAt(0);
const start = { runId: 'run-1', action: 'start', ...stretch } as const;
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

describe('traffic by a state machine', () => {
  itMakesTraffic(async () => {
    const { traffic, clock, running } = setUp();
    return { traffic, nowMs: () => clock.now(), running: async () => running() };
  });

  it('is an execution for each stretch, named by run and stretch, with the run and the time besides its input', async () => {
    const { machines, traffic } = setUp();
    await traffic.ask(start);
    expect(machines.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: machineArn,
      name: 'steadfast-run-1-0',
      input: JSON.stringify({ perSecond: 20, runId: 'run-1', ...stretch }),
    });
  });

  it('finds a state machine by its ARN, too', async () => {
    const arn = machineArn.replace('shop-', 'other-');
    const { machines, traffic } = setUp(arn);
    await traffic.ask(start);
    expect(machines.commandCalls(StartExecutionCommand)[0]?.args[0].input.stateMachineArn).toBe(arn);
  });

  it('begins no second time in a stretch, not even where its execution has ended', async () => {
    const { machines, traffic, running } = setUp();
    machines
      .on(StartExecutionCommand)
      .rejects(Object.assign(new Error('it is there'), { name: 'ExecutionAlreadyExists' }));
    await traffic.ask(start);
    expect(running()).toBe(0);
  });

  it('is named within what Step Functions allows, another run by another name', async () => {
    const { machines, traffic } = setUp();
    for (const last of ['a', 'b']) await traffic.ask({ ...start, runId: `${'r'.repeat(79)}${last}` });
    const names = machines
      .commandCalls(StartExecutionCommand)
      .map(({ args: [{ input }] }) => input.name ?? '');
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^steadfast-[\w-]{1,70}$/);
  });

  it('is stopped in every stretch since it began, the one that is to come among them', async () => {
    const { machines, traffic, clock, left } = setUp();
    const began = stretchAt(clock.now());
    await traffic.ask({ ...start, ...began });
    await clock.sleep(1_195_000);
    await traffic.ask({ ...start, action: 'keep', ...stretchAt(began.untilMs) });
    await traffic.ask({ ...start, action: 'keep', ...stretchAt(began.untilMs + 600_000) });
    expect(left()).toBe(2);
    const now = clock.now();
    await traffic.ask({ runId: 'run-1', action: 'stop', fromMs: now, untilMs: now, sinceMs: began.fromMs });
    expect(left()).toBe(0);
    expect(
      machines.commandCalls(StopExecutionCommand).map(({ args: [{ input }] }) => input.executionArn),
    ).toEqual([0, 1, 2].map((index) => `${executionArn}:steadfast-run-1-${began.fromMs + index * 600_000}`));
  });

  it('tells what could not be stopped once all has been tried', async () => {
    const { machines, traffic } = setUp();
    machines.on(StopExecutionCommand).rejectsOnce(new Error('throttled')).resolves({});
    await expect(
      traffic.ask({ runId: 'run-1', action: 'stop', fromMs: 0, untilMs: 0, sinceMs: 0 }),
    ).rejects.toThrow('throttled');
    expect(machines.commandCalls(StopExecutionCommand)).toHaveLength(2);
  });

  it.each(['start', 'stop'] as const)(
    'is refused with the permission that is missing to %s',
    async (action) => {
      const { machines, traffic } = setUp();
      machines.on(StartExecutionCommand).rejects(denied).on(StopExecutionCommand).rejects(denied);
      await expect(traffic.ask({ ...start, action })).rejects.toMatchObject({ code: 'permission' });
    },
  );

  it('is refused by an Express state machine, whose executions nobody can stop', async () => {
    const { machines, traffic } = setUp();
    machines
      .on(StartExecutionCommand)
      .resolves({ executionArn: 'arn:aws:states:eu-west-1:111122223333:express:shop-shoppers:run:id' });
    await expect(traffic.ask(start)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('passes on what else went wrong', async () => {
    const { machines, traffic } = setUp();
    machines.on(StartExecutionCommand).rejects(new Error('no such machine'));
    await expect(traffic.ask(start)).rejects.toThrow('no such machine');
  });
});

describe('an input without the state machine that it names', () => {
  it('is refused', async () => {
    const clock = createVirtualClock();
    const definition = { ...slowDatabase, traffic: { stateMachine: { name: 'shoppers' } } };
    const { sfn } = createFakeStepFunctions(clock);
    const { lambda } = createAwsClients();
    const traffic = createAwsTraffic({ lambda, sfn, clock, input: runnerInput({ definition }) });
    await expect(traffic.ask(start)).rejects.toThrow('names no state machine that makes traffic');
  });
});
