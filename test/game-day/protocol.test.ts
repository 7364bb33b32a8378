import { expect, it } from 'vitest';
import { iso } from '../../lib/run/iso.ts';
import {
  askStage,
  createGameDayWorld,
  gameDayStartMs,
  giveGo,
  people,
  runStage,
} from '../fakes/game-day/game-day-world.ts';
import { containing, withFields } from '../fakes/matching.ts';

it('holds a whole game day: the pre-brief, go, each stage approved by another person, the retrospective', async () => {
  const world = createGameDayWorld();
  await giveGo(world);
  for (const stage of [1, 2, 3]) await runStage(world, stage);
  await world.act(people.sue, { do: 'note', text: 'On-call was paged.' });
  await world.act(people.sue, { do: 'observe', stage: 1, prediction: 'waits', outcome: 'as predicted' });
  await world.act(people.olga, { do: 'finish' });
  await world.pass(15_000);
  expect((await world.look()).next).toBe('done');
  const entries = await world.entries();
  const stage = ['proposed', 'launched', 'asked', 'approved', 'run', 'ended'];
  expect(entries.map(({ kind }) => kind)).toEqual([
    'began',
    'checked',
    'checked',
    'proposed',
    'approved',
    ...stage,
    ...stage,
    ...stage,
    'finished',
    'note',
    'observed',
    'closed',
  ]);
  expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index + 1));
  expect((await world.state()).stages.map(({ status }) => status)).toEqual(['held', 'held', 'held']);
  expect(world.runs.answers.map(({ answer }) => answer.hash)).toEqual(
    world.runs.launches.map(({ runId }) => `hash-of-${runId}`),
  );
});

it('shows what a run would do before it is approved, and starts it as the plan says', async () => {
  const world = createGameDayWorld();
  await giveGo(world);
  await world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } });
  const { launch } = await world.look();
  expect(launch).toEqual({
    launcher: world.input.stages[0]?.launcher,
    runId: 'payment-outage-20261201-180000-4fzk-1-1',
    input: {
      gameDay: {
        edition: 'payment-outage-20261201-180000-4fzk',
        stage: 1,
        attempt: 1,
        approvalMs: 1_800_000,
      },
      stage: 1,
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:execution',
    },
  });
  await expect(world.act(people.bea, { do: 'approve', ...(await world.pending()) })).rejects.toThrow(
    /being admitted/,
  );
  await world.look();
  await world.pass(1_000);
  expect((await world.state()).pending?.asked?.lines).toEqual([
    'Payments are slow (slow-payments) in staging. Nothing has been touched yet.',
    containing('all for'),
    'Fault slow may hit 2 resources: task-1, task-2.',
    containing('It waits until'),
  ]);
});

it('a stage that did not hold is offered again, and the next one is not', async () => {
  const world = createGameDayWorld({
    course: (runId) => ({ verdict: runId.endsWith('-1-1') ? 'deviated' : 'held' }),
  });
  await giveGo(world);
  await runStage(world, 1);
  expect((await world.state()).stages.map(({ status }) => status)).toEqual(['failed', 'later', 'later']);
  await expect(
    world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 2 } }),
  ).rejects.toThrow('stage 2 is offered once stage 1 has held');
  await runStage(world, 1);
  expect((await world.state()).stages[0]?.attempts.map(({ verdict }) => verdict)).toEqual([
    'deviated',
    'held',
  ]);
  await runStage(world, 2);
  expect(world.runs.launches.map(({ runId }) => runId.slice(-3))).toEqual(['1-1', '1-2', '2-1']);
});

it('a halt ends what runs before it is written, and only go lets anything begin again', async () => {
  const world = createGameDayWorld();
  await giveGo(world);
  await askStage(world, 1);
  await world.act(people.carl, { do: 'approve', ...(await world.pending()) });
  world.wait(5_000);
  await world.act(people.sue, { do: 'halt', reason: 'customers complain' });
  expect(world.runs.underWay()).toEqual([]);
  expect(world.runs.isLocked).toBe(true);
  await world.look();
  await expect(
    world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } }),
  ).rejects.toThrow('customers complain');
  await world.look();
  await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
  await world.act(people.bea, { do: 'approve', ...(await world.pending()) });
  expect(world.runs.isLocked).toBe(false);
  await runStage(world, 1);
  expect((await world.state()).stages[0]?.attempts.map(({ verdict }) => verdict)).toEqual(['halted', 'held']);
});

it('halts although neither what it is held by nor its log can be read, and says that it could not be written', async () => {
  const world = createGameDayWorld({
    ports: (ports) => ({
      ...ports,
      log: { ...ports.log, append: async () => Promise.reject(new Error('disk full')) },
    }),
  });
  world.runs.start('some-run', 1, 60_000);
  await expect(world.act(people.sue, { do: 'halt' })).rejects.toThrow(
    /halted \(ended some-run.*could not be written down: disk full/,
  );
  expect(world.runs.underWay()).toEqual([]);
});

it('ends a run for which time is up, and the kill switch stays untouched', async () => {
  const world = createGameDayWorld({ course: () => ({ lastsMs: 5 * 3_600_000 }) });
  await giveGo(world);
  await askStage(world, 1);
  await world.act(people.carl, { do: 'approve', ...(await world.pending()) });
  await world.pass(2 * 3_600_000);
  expect(world.runs.underWay()).toEqual([]);
  expect(world.runs.isLocked).toBe(false);
  await world.look();
  await world.look();
  const state = await world.state();
  expect(state.phase).toBe('retrospective');
  expect(state.stages[0]?.attempts[0]?.verdict).toBe('halted');
  expect(await world.entries()).toContainEqual(
    withFields({ kind: 'run', what: 'halt', text: 'It is being ended: the time of the game day is up.' }),
  );
});

it('offers no stage that would not end in time, until somebody else approves that it lasts longer', async () => {
  const world = createGameDayWorld();
  await giveGo(world);
  await world.pass(111 * 60_000);
  const propose = () => world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } });
  await expect(propose()).rejects.toThrow('may take');
  await world.act(people.olga, { do: 'propose', proposal: { what: 'extend', byMs: 3_600_000 } });
  const asked = await world.pending();
  await expect(world.act(people.bea, { do: 'approve', ...asked })).rejects.toThrow(
    'only somebody in the role on-call',
  );
  await world.act(people.carl, { do: 'approve', ...asked });
  expect((await world.state()).endsAtMs).toBe(gameDayStartMs + 3 * 3_600_000);
  await propose();
});

it('what nobody answers in time expires, and a stage that nobody approves is ended by its own run', async () => {
  const world = createGameDayWorld();
  await world.look();
  for (const item of ['roles', 'halt']) await world.act(people.sue, { do: 'check', item, done: true });
  await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
  const asked = await world.pending();
  world.wait(30 * 60_000);
  await expect(world.act(people.bea, { do: 'approve', ...asked })).rejects.toThrow(
    'until 2026-12-01T18:30:00.000Z',
  );
  await world.look();
  expect((await world.entries()).at(-1)?.kind).toBe('expired');
  await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
  await world.act(people.bea, { do: 'approve', ...(await world.pending()) });
  await askStage(world, 1);
  await world.pass(31 * 60_000);
  expect((await world.state()).stages[0]?.attempts[0]?.summary).toBe('approval-expired');
});

it('an approved run whose answer was lost is answered by the next look', async () => {
  let isDown = true;
  const world = createGameDayWorld({
    ports: (ports) => ({
      ...ports,
      runs: {
        ...ports.runs,
        answer: async (runId, answer) => {
          if (isDown) throw new Error('throttled');
          await ports.runs.answer(runId, answer);
        },
      },
    }),
  });
  await giveGo(world);
  await askStage(world, 1);
  await world.act(people.carl, { do: 'approve', ...(await world.pending()) });
  expect(world.runs.answers).toEqual([]);
  isDown = false;
  await world.pass(15_000);
  expect(world.runs.answers.map(({ answer }) => answer.answer)).toEqual(['approved']);
});

it('dates what it begins by, and closes once the time of the retrospective is over', async () => {
  const world = createGameDayWorld();
  await world.look();
  expect((await world.entries())[0]).toMatchObject({ endsAt: iso(gameDayStartMs + 150 * 60_000) });
  await world.pass(150 * 60_000);
  expect((await world.state()).phase).toBe('retrospective');
  expect((await world.entries()).at(-1)).toMatchObject({ why: 'nobody gave go in time' });
  await world.pass(60 * 60_000);
  await world.look();
  expect((await world.state()).phase).toBe('closed');
});
