import { describe, expect, it } from 'vitest';
import { roleNames } from '../../lib/experiment/role-names.ts';
import type { Person } from '../../lib/game-day/actor.ts';
import { viewOf } from '../../lib/game-day/view-of.ts';
import { readView } from '../../lib/game-day/view-schema.ts';
import {
  askStage,
  createGameDayWorld,
  type GameDayWorld,
  giveGo,
  people,
  runStage,
} from '../fakes/game-day/game-day-world.ts';

async function seen(world: GameDayWorld, role: Person['role'], person?: Person) {
  const [state, entries] = await Promise.all([world.state(), world.entries()]);
  const edition = 'payment-outage-20261201-180000-4fzk';
  const view = viewOf({
    edition,
    input: world.input,
    state,
    entries,
    role,
    person,
    nowMs: world.now(),
    aggregates: [],
  });
  // What a widget, page or terminal reads of it is all of it.
  expect(readView(view)).toEqual(view);
  return view;
}

const offered = async (world: GameDayWorld, role: Person['role'], person?: Person) =>
  (await seen(world, role, person)).offers.map(({ id }) => id);

const always = ['halt', 'note'];

describe('what each role may do', () => {
  it('is the pre-brief at first, and go once it is seen to', async () => {
    const world = createGameDayWorld();
    await world.look();
    expect(await offered(world, 'scribe')).toEqual(['check-roles', 'check-halt', ...always]);
    expect(await seen(world, 'scribe')).toMatchObject({
      phase: 'pre-brief',
      now: 'The pre-brief: 2 of 2 items are to be seen to.',
    });
    for (const item of ['roles', 'halt']) await world.act(people.sue, { do: 'check', item, done: true });
    const view = await seen(world, 'operator');
    expect(view.offers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['propose-go', 'pause', 'finish', ...always]),
    );
    expect(view.preBrief.map(({ doneBy }) => doneBy)).toEqual(['sue (scribe)', 'sue (scribe)']);
    expect(view.now).toBe('The pre-brief is done: the operator proposes that the experiment begins.');
  });

  it('is to approve what somebody else proposed, never what they proposed themselves', async () => {
    const world = createGameDayWorld();
    await giveGo(world);
    await askStage(world, 1);
    expect(await offered(world, 'observer')).toEqual(expect.arrayContaining(['approve', 'refuse']));
    expect(await offered(world, 'scribe')).not.toContain('approve');
    const { olga, oscar } = people;
    expect(await offered(world, 'operator', oscar)).not.toContain('refuse');
    expect(await offered(world, 'operator', olga)).toEqual(expect.arrayContaining(['refuse']));
    for (const role of roleNames)
      expect(await offered(world, role, { ...olga, role })).not.toContain('approve');
    const { pending, now } = await seen(world, 'observer');
    expect(pending).toMatchObject({
      title: 'stage 1, "Payments are slow (1)"',
      hash: 'hash-of-payment-outage-20261201-180000-4fzk-1-1',
      proposedBy: 'olga (operator)',
      approvers: ['observer', 'onCall'],
    });
    expect(now).toBe(
      'olga (operator) proposed stage 1, "Payments are slow (1)"; somebody else who is observer or on-call approves or refuses it.',
    );
  });

  it('is to refuse a stage already while its run is being admitted', async () => {
    const world = createGameDayWorld();
    await giveGo(world);
    await world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } });
    const ids = await offered(world, 'observer');
    expect(ids).toContain('refuse');
    expect(ids).not.toContain('approve');
    const refusal = (await seen(world, 'observer')).offers.find(({ id }) => id === 'refuse');
    if (refusal === undefined) throw new Error('nothing to refuse');
    await world.act(people.bea, refusal.command);
    expect((await world.entries()).at(-1)?.kind).toBe('refused');
  });

  it('follows a halt, a pause and the end', async () => {
    const world = createGameDayWorld();
    await giveGo(world);
    await runStage(world, 1);
    expect(await offered(world, 'operator')).toEqual(
      expect.arrayContaining(['propose-stage-2', 'observe-1-waits-yes', 'observe-1-waits-no']),
    );
    expect(await offered(world, 'operator')).not.toContain('propose-stage-3');
    await world.act(people.carl, { do: 'pause' });
    expect(await seen(world, 'onCall')).toMatchObject({
      isPaused: true,
      now: 'Paused by carl (on-call). No stage is offered now.',
    });
    expect(await offered(world, 'onCall')).toContain('resume');
    expect(await offered(world, 'operator')).not.toContain('propose-stage-2');
    await world.act(people.carl, { do: 'resume' });
    await world.act(people.sue, { do: 'halt', reason: 'enough' });
    await world.look();
    const halted = await seen(world, 'operator');
    expect(halted.halted).toMatch(/^sue \(scribe\) halted everything at .*: enough$/);
    expect(halted.offers.find(({ id }) => id === 'propose-go')?.label).toBe('Propose to go on');
    await world.act(people.olga, { do: 'finish' });
    await world.look();
    expect((await seen(world, 'operator')).offers.find(({ id }) => id === 'finish')?.label).toBe(
      'Close the game day',
    );
    await world.act(people.olga, { do: 'finish' });
    expect(await seen(world, 'scribe')).toMatchObject({ phase: 'closed', now: 'The game day is closed.' });
    expect(await offered(world, 'scribe')).toContain('note');
    expect(await offered(world, 'scribe')).not.toContain('observe-1-waits-yes');
  });
});

it('says how long the experiment still lasts, and tells each stage with what was predicted', async () => {
  const world = createGameDayWorld();
  await world.look();
  expect((await seen(world, 'scribe')).timeLeftMs).toBeUndefined();
  await giveGo(world);
  world.wait(60_000);
  await runStage(world, 1);
  const view = await seen(world, 'scribe');
  expect(view.timeLeftMs).toBe(119 * 60_000 - 61_000);
  expect(view.stages[0]).toMatchObject({
    status: 'held',
    verdict: 'held',
    attempts: 1,
    predictions: [
      { name: 'waits', outcome: 'unknown' },
      { name: 'errors', outcome: 'unknown' },
    ],
    alerts: [{ name: 'queue', alarm: 'queueAge' }],
  });
  expect(view.faultSpans).toHaveLength(1);
});

it('stays small however much is noted: the newest lines are shown', async () => {
  const world = createGameDayWorld();
  await world.look();
  for (let count = 0; count < 230; count += 1) {
    world.wait(1_000);
    await world.act(people.sue, { do: 'note', text: `Note ${count}` });
  }
  const { timeline } = await seen(world, 'scribe');
  expect(timeline).toHaveLength(200);
  expect(timeline[0]?.text).toContain('Note 229');
});
