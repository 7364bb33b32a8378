import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDynamoHalts } from '../../lib/aws/dynamo-halts.ts';
import type { SafetyLever, SafetyLeverState } from '../../lib/run/admission-ports.ts';
import haltDefinition from '../../lib/run/independent/halt.asl.json' with { type: 'json' };
import { executeLocally } from '../end-to-end/local-execution.ts';
import { containing } from '../fakes/matching.ts';
import { createStopWorld, type StopWorld } from './stop-world.ts';

/** What the runner and admission see of the kill switch. */
const requested = ({ clients, clock }: StopWorld, runId: string) =>
  createDynamoHalts({ dynamo: clients.dynamo, table: 'steadfast', clock }).requested(runId);

const createLever = (first: SafetyLeverState = { status: 'disengaged', reason: '' }) => {
  let now = first;
  const lever: SafetyLever = {
    state: () => Promise.resolve(now),
    engage: (reason) => {
      now = { status: 'engaged', reason };
      return Promise.resolve(now);
    },
    disengage: (reason) => {
      now = { status: 'disengaged', reason };
      return Promise.resolve(now);
    },
  };
  return { lever, status: () => now.status };
};

const taskSchema = z.object({ Payload: z.object({ execution: z.literal('night'), request: z.unknown() }) });

/** Starts the state machine, as the console does. */
const start = (world: StopWorld, input: unknown, lever?: SafetyLever) =>
  executeLocally({
    definition: haltDefinition,
    name: 'night',
    input,
    perform: async (task) => {
      const { Payload } = taskSchema.parse(task);
      return { Payload: await world.halt(Payload.request, lever) };
    },
  });

describe('the kill switch, by its state machine and its real function', () => {
  it('halts everything with {}: stops what is active, also what was started by hand, and lets nothing start until it is unlocked', async () => {
    const world = createStopWorld();
    const running = await world.begin('run-1');
    const byHand = await world.startByHand('EXT1');
    const foreign = await world.startByHand('EXTforeign');
    const execution = await start(world, {});
    expect(execution).toMatchObject({
      status: 'succeeded',
      output: {
        locked: true,
        by: 'execution night',
        runs: ['run-1'],
        stopped: [
          { id: running, runId: 'run-1', templateId: 'EXT1' },
          { id: byHand, templateId: 'EXT1' },
        ],
        safetyLever: 'not asked for',
      },
    });
    await world.clock.sleep(5_000);
    expect(world.active()).toEqual([`${foreign} running`]);
    expect(await requested(world, 'any run')).toEqual({ reason: 'all runs: no reason was given' });
    await start(world, { unlock: true });
    expect(await requested(world, 'any run')).toBeUndefined();
  });

  it('halts one run, and lets others go on', async () => {
    const world = createStopWorld();
    const one = await world.begin('run-1');
    await world.startFault('EXT1', 'other', { 'steadfast:environment': 'staging', 'steadfast:run': 'run-2' });
    const { output } = await start(world, { run: 'run-1', by: 'Ada', reason: 'checkout is down' });
    expect(output).toMatchObject({ stopped: [{ id: one }], locked: false, scope: 'run run-1' });
    expect(await requested(world, 'run-1')).toEqual({ reason: 'checkout is down' });
    expect(await requested(world, 'run-2')).toBeUndefined();
    const [told] = world.topic.commandCalls(PublishCommand);
    expect(told?.args[0].input.Message).toContain('Ada has halted run run-1: checkout is down.');
    const [event] = world.bus.commandCalls(PutEventsCommand);
    expect(event?.args[0].input.Entries?.[0]).toMatchObject({
      DetailType: 'Halt',
      Detail: containing('"by":"Ada"'),
    });
  });

  it('stops what it can where something is refused, names the rest, and fails', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.refuse('ProvisionedThroughputExceededException', 'PutCommand', 'QueryCommand');
    const execution = await start(world, {});
    expect(execution).toMatchObject({ status: 'failed', error: 'incomplete' });
    await world.clock.sleep(5_000);
    expect(world.active()).toEqual([]);
    expect(await world.halt({})).toMatchObject({
      locked: false,
      incomplete: containing('the halt could not be written down, so new starts are not refused'),
    });
  });

  it('says so where FIS refuses to stop one, and stops the others', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.refuse('AccessDeniedException', 'StopExperimentCommand');
    expect(await world.halt({})).toMatchObject({
      locked: true,
      complete: false,
      incomplete: containing('FIS experiment EXP1 could not be stopped'),
    });
  });

  it.each([{ runs: 'run-1' }, { run: '' }, { unlock: 'yes' }, 'everything'])(
    'does nothing with a request that it does not understand: %j',
    async (request) => {
      const world = createStopWorld();
      await world.begin('run-1');
      await expect(world.halt(request)).rejects.toMatchObject({ code: 'invalid', hint: containing('{}') });
      expect(world.active()).toHaveLength(1);
      expect(await requested(world, 'run-1')).toBeUndefined();
    },
  );

  it('engages the safety lever when it is asked to, and disengages it only where it was Steadfast who did', async () => {
    const world = createStopWorld();
    const ours = createLever();
    expect(await world.halt({ safetyLever: true }, ours.lever)).toMatchObject({
      complete: true,
      safetyLever: containing('whoever started it'),
    });
    // Whoever halts a second time does not make it forgotten.
    await world.halt({}, ours.lever);
    expect(ours.status()).toBe('engaged');
    expect(await world.halt({ unlock: true }, ours.lever)).toMatchObject({ safetyLever: 'disengaged' });
    expect(ours.status()).toBe('disengaged');

    const theirs = createLever({ status: 'engaged', reason: 'a migration' });
    expect(await world.halt({ safetyLever: true }, theirs.lever)).toMatchObject({
      safetyLever: containing('not by Steadfast (a migration)'),
    });
    await world.halt({ unlock: true }, theirs.lever);
    expect(theirs.status()).toBe('engaged');
  });

  it('stays locked, and remembers the lever, where FIS does not confirm that it is disengaged', async () => {
    const world = createStopWorld();
    const { lever } = createLever();
    await world.halt({ safetyLever: true }, lever);
    const stuck: SafetyLever = {
      ...lever,
      disengage: () => Promise.resolve({ status: 'unreadable', reason: 'denied' }),
    };
    expect(await world.halt({ unlock: true }, stuck)).toMatchObject({ complete: false, locked: true });
    expect(await requested(world, 'run-1')).toBeDefined();
    expect(await world.halt({ unlock: true }, lever)).toMatchObject({
      complete: true,
      safetyLever: 'disengaged',
    });
  });
});
