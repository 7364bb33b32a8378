import { expect, it } from 'vitest';
import { gameDayMachine } from '../../lib/game-day/machine.ts';
import { type GameDayMachineState, gameDayTaskSchema } from '../../lib/game-day/machine-state.ts';
import { stepGameDay } from '../../lib/game-day/step.ts';
import { aslProblemsOf } from '../cdk/asl-problems.ts';
import { executeLocally } from '../end-to-end/local-execution.ts';
import { createGameDayWorld, type GameDayWorld, giveGo, people } from '../fakes/game-day/game-day-world.ts';
import { withFields } from '../fakes/matching.ts';

const edition = 'payment-outage-20261201-180000-4fzk';

const substitutions: Readonly<Record<string, string>> = {
  partition: 'aws',
  gameDayFunction: 'arn:aws:lambda:eu-west-1:111111111111:function:steadfast-staging-game-day',
};

/** The definition with what a deployment puts in place. */
const deployed = (world: GameDayWorld): unknown =>
  JSON.parse(
    JSON.stringify(gameDayMachine(world.input)).replaceAll(
      /\$\{(\w+)\}/g,
      (whole, name: string) => substitutions[name] ?? whole,
    ),
  );

/** Holds a game day by the deployed machine: people act between its steps. */
async function execute(world: GameDayWorld, act: (state: GameDayMachineState) => Promise<void>) {
  let current = '';
  const perform = async (task: unknown) => {
    const invoked = withPayload(task);
    if (invoked === undefined) {
      world.runs.start(current, 1, world.input.times.approvalMs);
      while (!world.runs.hasEnded(current)) await new Promise((resolve) => setImmediate(resolve));
      throw new Error('a launcher fails with the verdict');
    }
    const next = await stepGameDay(world.ports, gameDayTaskSchema.parse(invoked));
    current = next.launch?.runId ?? current;
    world.wait(next.waitSeconds * 1_000);
    await act(next);
    return { Payload: next };
  };
  return executeLocally({ definition: deployed(world), name: edition, input: {}, perform });
}

function withPayload(task: unknown): unknown {
  return typeof task === 'object' && task !== null && 'Payload' in task ? task.Payload : undefined;
}

it('is a definition that the ASL validator accepts, in JSONPath, and small beside what it may be', () => {
  const definition = deployed(createGameDayWorld());
  expect(aslProblemsOf(definition)).toEqual([]);
  const text = JSON.stringify(definition);
  expect(text).not.toMatch(/QueryLanguage|JSONata|\$\{|waitForTaskToken|"Assign"/);
  // As large as an execution's state may be (Step Functions quotas): the plan goes through as one.
  expect(text.length).toBeLessThan(256 * 1_024);
});

it('holds a game day: it looks while people think, watches while a run goes on, and ends by itself', async () => {
  const world = createGameDayWorld({ course: () => ({ lastsMs: 20_000 }) });
  let told = false;
  const execution = await execute(world, async ({ next }) => {
    const state = await world.state();
    if (state.phase === 'pre-brief' && next === 'wait') await giveGo(world);
    else if (state.stages[0]?.status === 'offered')
      await world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } });
    else if (state.pending?.asked !== undefined && state.pending.approvedBy === undefined)
      await world.act(people.carl, { do: 'approve', ...(await world.pending()) });
    else if (state.stages[0]?.status === 'held' && !told) {
      told = true;
      await world.act(people.olga, { do: 'finish' });
      await world.act(people.olga, { do: 'finish' });
    }
  });
  expect(execution.status).toBe('succeeded');
  expect(execution.output).toEqual(withFields({ edition, next: 'done' }));
  expect((await world.entries()).map(({ kind }) => kind)).toEqual([
    'began',
    'checked',
    'checked',
    'proposed',
    'approved',
    'proposed',
    'launched',
    'asked',
    'approved',
    'run',
    'ended',
    'finished',
    'closed',
  ]);
  expect(execution.path).toContain('Settle');
  // Between two states there is where it is, and nothing of what people did.
  expect(execution.largestStateBytes).toBeLessThan(8_192);
});
