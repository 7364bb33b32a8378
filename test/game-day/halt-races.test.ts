import { expect, it } from 'vitest';
import type { GameDayPorts } from '../../lib/game-day/ports.ts';
import { createGameDayWorld, type GameDayWorld, giveGo, people } from '../fakes/game-day/game-day-world.ts';

/** A world in which something happens at the very moment at which the kill switch is released, or engaged. */
function worldWhere(what: 'halt' | 'release', when: 'before' | 'after') {
  let happens: (() => Promise<unknown>) | undefined;
  const meanwhile = async () => {
    const now = happens;
    happens = undefined;
    await now?.();
  };
  const ports = (plain: GameDayPorts): GameDayPorts => ({
    ...plain,
    killSwitch: {
      halt: async (...args) => {
        if (what === 'halt' && when === 'before') await meanwhile();
        const halted = await plain.killSwitch.halt(...args);
        if (what === 'halt' && when === 'after') await meanwhile();
        return halted;
      },
      release: async (edition) => {
        if (what === 'release' && when === 'before') await meanwhile();
        await plain.killSwitch.release(edition);
        if (what === 'release' && when === 'after') await meanwhile();
      },
    },
  });
  const world = createGameDayWorld({ ports });
  return {
    world,
    meanwhile: (action: () => Promise<unknown>) => {
      happens = action;
    },
  };
}

const halt = (world: GameDayWorld) => world.act(people.bea, { do: 'halt', reason: 'the queue grows' });

/** Halted, and go proposed again. */
async function proposeGoAgain(world: GameDayWorld): Promise<void> {
  await giveGo(world);
  await world.act(people.carl, { do: 'halt', reason: 'a customer called' });
  await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
}

const approve = async (world: GameDayWorld) =>
  world.act(people.carl, { do: 'approve', ...(await world.pending()) });

it.each(['before', 'after'] as const)(
  'a halt %s the kill switch is released by another go stays in force',
  async (when) => {
    const { world, meanwhile } = worldWhere('release', when);
    await proposeGoAgain(world);
    meanwhile(() => halt(world));
    await approve(world);
    expect(world.runs.isLocked).toBe(true);
    expect((await world.state()).halted).toMatchObject({ by: people.bea });
  },
);

it.each(['before', 'after'] as const)(
  'a halt whose kill switch is engaged %s another go was approved stays in force',
  async (when) => {
    const { world, meanwhile } = worldWhere('halt', when);
    await proposeGoAgain(world);
    meanwhile(() => approve(world));
    await halt(world);
    expect(world.runs.isLocked).toBe(true);
    expect(await world.state()).toMatchObject({ isGo: false, halted: { by: people.bea } });
  },
);

it('once go was approved after a halt, runs may start again', async () => {
  const { world } = worldWhere('halt', 'before');
  await proposeGoAgain(world);
  expect(world.runs.isLocked).toBe(true);
  await approve(world);
  expect(world.runs.isLocked).toBe(false);
});
