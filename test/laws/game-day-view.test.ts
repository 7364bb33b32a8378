import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Person } from '../../lib/game-day/actor.ts';
import type { Command } from '../../lib/game-day/command.ts';
import { decide } from '../../lib/game-day/decide.ts';
import { isSame, maySame } from '../../lib/game-day/other-person.ts';
import type { Offer } from '../../lib/game-day/view.ts';
import { viewOf } from '../../lib/game-day/view-of.ts';
import {
  askStage,
  createGameDayWorld,
  type GameDayWorld,
  giveGo,
  people,
  runStage,
} from '../fakes/game-day/game-day-world.ts';
import { isLong } from '../setup.ts';

const roles = ['operator', 'observer', 'onCall', 'scribe'] as const;

/** People known by IAM, among them one in two roles, and whoever pressed a role's widget. */
const everybody: readonly Person[] = [
  ...Object.values(people),
  { ...people.olga, role: 'observer' },
  ...roles.map((role): Person => ({ proof: 'role', role })),
  { proof: 'role', role: 'onCall', claimed: 'carl' },
];

const quarterMs = 1_800_000;

/** All that people usually do, told without the offers. */
async function usualActs(world: GameDayWorld): Promise<readonly Command[]> {
  const { input } = world;
  const { pending } = await world.state();
  const answers = pending === undefined ? [] : [{ proposal: pending.id, hash: pending.asked?.hash ?? '' }];
  return [
    ...Object.keys(input.preBrief).flatMap((item) =>
      [true, false].map((done): Command => ({ do: 'check', item, done })),
    ),
    { do: 'propose', proposal: { what: 'go' } },
    { do: 'propose', proposal: { what: 'extend', byMs: quarterMs } },
    ...input.stages.map(
      ({ number }): Command => ({ do: 'propose', proposal: { what: 'stage', stage: number } }),
    ),
    ...answers.flatMap((of): readonly Command[] => [
      { do: 'approve', ...of },
      { do: 'refuse', ...of },
    ]),
    { do: 'pause' },
    { do: 'resume' },
    { do: 'halt' },
    { do: 'note', text: 'Something happened.' },
    { do: 'finish' },
    ...input.stages.flatMap(({ number }) =>
      (['as predicted', 'otherwise'] as const).map(
        (outcome): Command => ({ do: 'observe', stage: number, prediction: 'waits', outcome }),
      ),
    ),
  ];
}

/** An offer as somebody takes it who writes what is asked of them. */
const taken = ({ command, asks }: Offer): Command =>
  asks?.required === true ? { ...command, [asks.key]: 'Something happened.' } : command;

/** What somebody may do as things are, by the rules alone. */
async function mayDo(world: GameDayWorld, person: Person): Promise<readonly Command[]> {
  const [state, entries, acts] = await Promise.all([world.state(), world.entries(), usualActs(world)]);
  return acts.filter((command) => {
    try {
      return decide({ input: world.input, state, entries, person, nowMs: world.now() }, command).length > 0;
    } catch {
      return false;
    }
  });
}

async function expectRightOffers(world: GameDayWorld): Promise<void> {
  const [state, entries] = await Promise.all([world.state(), world.entries()]);
  const { input } = world;
  const nowMs = world.now();
  for (const person of everybody) {
    const view = viewOf({
      edition: 'payment-outage-20261201-180000-4fzk',
      input,
      state,
      entries,
      role: person.role,
      person,
      nowMs,
      aggregates: [],
    });
    const offered = view.offers.map(taken);
    const sorted = (commands: readonly Command[]) => commands.map((one) => JSON.stringify(one)).toSorted();
    expect(sorted(offered)).toEqual(sorted(await mayDo(world, person)));
    expect(new Set(view.offers.map(({ id }) => id)).size).toBe(view.offers.length);
    if (state.pending !== undefined && maySame(state.pending.proposedBy, person, input.principals))
      expect(view.offers.map(({ id }) => id)).not.toContain('approve');
    if (state.pending !== undefined && isSame(state.pending.proposedBy, person))
      expect(offered.map((command) => command.do)).not.toContain('approve');
    expect(JSON.stringify(view).length).toBeLessThan(100_000);
  }
}

/** What happens next: time goes on, or somebody does what they may, or tries anything. */
const happening = fc.oneof(
  { weight: 1, arbitrary: fc.record({ waitMs: fc.constantFrom(1_000, 60_000, 600_000, 3_600_000) }) },
  { weight: 4, arbitrary: fc.record({ who: fc.nat(), what: fc.nat(), tries: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ who: fc.nat(), what: fc.nat(), tries: fc.constant(true) }) },
);

/** How far the game day is when chance takes over. */
const beginnings = [
  async (world: GameDayWorld) => world.look(),
  giveGo,
  (world: GameDayWorld) => giveGo(world).then(() => askStage(world, 1)),
  (world: GameDayWorld) => giveGo(world).then(() => runStage(world, 1)),
];

const of = <T>(all: readonly T[], index: number): T => {
  const found = all[index % all.length];
  if (found === undefined) throw new Error('there is none');
  return found;
};

it('whatever has happened, each person is offered just what they may do, and never to approve what is their own', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(beginnings.length - 1),
      fc.array(happening, { maxLength: 12 }),
      fc.nat(),
      async (beginning, happenings, seed) => {
        const world = createGameDayWorld({
          course: (_, stage) => ({ verdict: (seed + stage) % 3 === 0 ? 'deviated' : 'held' }),
        });
        await of(beginnings, beginning)(world);
        for (const next of happenings) {
          if ('waitMs' in next) await world.pass(next.waitMs);
          else {
            const person = of(everybody, next.who);
            const acts = next.tries ? await usualActs(world) : await mayDo(world, person);
            // What may not be done is refused, and written down: that is part of what can have happened.
            await world.act(person, of(acts, next.what)).catch(() => undefined);
            await world.look();
          }
        }
        await expectRightOffers(world);
        const { phase, pending } = await world.state();
        reached.add(phase).add(`pending ${pending?.proposal.what}`);
      },
    ),
    { numRuns: isLong ? 2_000 : 60 },
  );
  expect([...reached]).toEqual(
    expect.arrayContaining(['pre-brief', 'experiment', 'retrospective', 'pending stage']),
  );
});

it('on the way of a whole game day, each person is offered just what they may do', async () => {
  const world = createGameDayWorld();
  const { olga, sue, bea, carl } = people;
  const go = async (person: Person, command: Command) => {
    await expectRightOffers(world);
    await world.act(person, command);
    await expectRightOffers(world);
    await world.look();
    await world.pass(1_000);
  };
  await world.look();
  for (const item of ['roles', 'halt']) await go(sue, { do: 'check', item, done: true });
  await go(olga, { do: 'propose', proposal: { what: 'go' } });
  await go(bea, { do: 'approve', ...(await world.pending()) });
  await go(olga, { do: 'propose', proposal: { what: 'stage', stage: 1 } });
  await world.pass(1_000);
  await go(carl, { do: 'approve', ...(await world.pending()) });
  await go(sue, { do: 'halt' });
  await go(olga, { do: 'propose', proposal: { what: 'go' } });
  await go(bea, { do: 'approve', ...(await world.pending()) });
  await go(olga, { do: 'propose', proposal: { what: 'extend', byMs: quarterMs } });
  await go(carl, { do: 'pause' });
  await go(olga, { do: 'finish' });
  await go(olga, { do: 'finish' });
});
