import fc from 'fast-check';
import type { RoleName } from '../../lib/experiment/role-names.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import type { Command } from '../../lib/game-day/command.ts';
import { runIdOfStage } from '../../lib/game-day/edition.ts';
import type { GameDayInput } from '../../lib/game-day/input.ts';
import type { GameDayPorts } from '../../lib/game-day/ports.ts';
import { didHold } from '../../lib/game-day/stage-states.ts';
import type { GameDayState } from '../../lib/game-day/state.ts';
import type { ApprovalAnswer } from '../../lib/run/approvals.ts';
import type { RunCourse } from '../fakes/game-day/fake-runs.ts';
import { gameDayInput } from '../fakes/game-day/game-day-input.ts';
import { createGameDayWorld, type GameDayWorld, people } from '../fakes/game-day/game-day-world.ts';

const minuteMs = 60_000;

type Who = keyof typeof people;

/** What somebody tries; `pending` is what waits when they do it, `old` what waited first. */
type Try =
  | { readonly of: 'command'; readonly command: Command }
  | { readonly of: 'brief' }
  /** What an operator would propose next: go, or the first stage that has not held. */
  | { readonly of: 'next' }
  | { readonly of: 'answer'; readonly do: 'approve' | 'refuse'; readonly hash: 'pending' | 'old' | 'wrong' };

/** What happens on a game day. */
export type Move =
  | { readonly move: 'act'; readonly by: Who; readonly tries: Try }
  /** Two people at the same moment. */
  | { readonly move: 'both'; readonly one: Move; readonly other: Move }
  | { readonly move: 'look'; readonly afterMs: number }
  /** What the machine or a person does next dies at one of its calls, before or after that took effect. */
  | { readonly move: 'crash'; readonly call: Call; readonly when: 'before' | 'after' };

type Call = 'append' | 'answer' | 'end' | 'release' | 'read';

const who = fc.constantFrom<Who>('olga', 'olga', 'oscar', 'bea', 'carl', 'sue');
const command = (value: Command): Try => ({ of: 'command', command: value });

const anyTry: fc.Arbitrary<Try> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Try>({ of: 'brief' }) },
  { weight: 4, arbitrary: fc.constant(command({ do: 'propose', proposal: { what: 'go' } })) },
  {
    weight: 9,
    arbitrary: fc
      .constantFrom(1, 1, 2, 3, 4)
      .map((stage) => command({ do: 'propose', proposal: { what: 'stage', stage } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: 240 })
      .map((minutes) => command({ do: 'propose', proposal: { what: 'extend', byMs: minutes * minuteMs } })),
  },
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        fc.constantFrom('approve', 'approve', 'approve', 'refuse'),
        fc.constantFrom('pending', 'pending', 'pending', 'old', 'wrong'),
      )
      .map(([what, hash]): Try => ({ of: 'answer', do: what, hash })),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      command({ do: 'pause' }),
      command({ do: 'resume' }),
      command({ do: 'resume' }),
      command({ do: 'halt', reason: 'enough' }),
      command({ do: 'note', text: 'On-call was paged.' }),
      command({ do: 'finish' }),
    ),
  },
);

const anyAct: fc.Arbitrary<Move> = fc
  .tuple(who, anyTry)
  .map(([by, tries]): Move => ({ move: 'act', by, tries }));

/** What people do who want to get on. */
const usualAct: fc.Arbitrary<Move> = fc.constantFrom<Move>(
  { move: 'act', by: 'olga', tries: { of: 'next' } },
  { move: 'act', by: 'oscar', tries: { of: 'next' } },
  { move: 'act', by: 'olga', tries: { of: 'answer', do: 'approve', hash: 'pending' } },
  { move: 'act', by: 'bea', tries: { of: 'answer', do: 'approve', hash: 'pending' } },
  { move: 'act', by: 'carl', tries: { of: 'answer', do: 'approve', hash: 'pending' } },
);

const halt: fc.Arbitrary<Move> = who.map((by) => ({
  move: 'act',
  by,
  tries: command({ do: 'halt', reason: 'enough' }),
}));

const act = fc.oneof({ weight: 2, arbitrary: usualAct }, { weight: 1, arbitrary: anyAct });

const look: fc.Arbitrary<Move> = fc
  .oneof(
    { weight: 8, arbitrary: fc.constantFrom(0, 1_000, 15_000, minuteMs) },
    { weight: 1, arbitrary: fc.constantFrom(31 * minuteMs, 125 * minuteMs) },
  )
  .map((afterMs): Move => ({ move: 'look', afterMs }));

const pause: Move = { move: 'act', by: 'oscar', tries: command({ do: 'pause' }) };

const disturbance: fc.Arbitrary<Move> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(pause) },
  { weight: 8, arbitrary: act },
  { weight: 3, arbitrary: look },
  {
    weight: 4,
    arbitrary: fc.tuple(act, fc.oneof(act, halt)).map(([one, other]): Move => ({ move: 'both', one, other })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom<Call>('append', 'answer', 'end', 'release', 'read'),
        fc.constantFrom<'before' | 'after'>('before', 'after'),
      )
      .map(([call, when]): Move => ({ move: 'crash', call, when })),
  },
);

const lookAfter = (afterMs: number): Move => ({ move: 'look', afterMs });
const [proposes, approves] = [
  { move: 'act', by: 'olga', tries: { of: 'next' } },
  { move: 'act', by: 'carl', tries: { of: 'answer', do: 'approve', hash: 'pending' } },
] as const satisfies readonly Move[];
const attempt: readonly Move[] = [
  proposes,
  ...[0, 0, 1_000].map(lookAfter),
  approves,
  ...[0, minuteMs, 0].map(lookAfter),
];

/** A game day as it should be, with go and four attempts at stages. */
const usualDay: readonly Move[] = [
  lookAfter(0),
  { move: 'act', by: 'sue', tries: { of: 'brief' } },
  proposes,
  approves,
  ...attempt,
  ...attempt,
  ...attempt,
  ...attempt,
];

/** Such a day, and what comes between. */
export const moves: fc.Arbitrary<Move[]> = fc
  .array(fc.tuple(fc.nat({ max: usualDay.length }), disturbance), { maxLength: 12 })
  .map((between) =>
    [...usualDay.entries()].flatMap(([index, move]) => [
      ...between.flatMap(([at, other]) => (at === index ? [other] : [])),
      move,
    ]),
  );

/** Where an operator may approve too, another operator must. */
export const approvers = fc
  .constantFrom<RoleName[]>(['observer', 'onCall'], ['operator', 'observer', 'onCall'])
  .map((roles) => ({ go: roles, stages: roles, extend: roles }));

export const courses: fc.Arbitrary<RunCourse[]> = fc.array(
  fc.record({
    admitMs: fc.constantFrom(0, 1_000, 1_000, 20_000),
    // The last one hangs: the plan gives a stage ten minutes.
    lastsMs: fc.constantFrom(1_000, 1_000, minuteMs, minuteMs, minuteMs, 200 * minuteMs),
    verdict: fc.constantFrom('held', 'held', 'held', 'deviated', 'unrecovered'),
    rejected: fc.constantFrom(false, false, false, false, true),
  }),
  { minLength: 1, maxLength: 8 },
);

class Died extends Error {}

/** A world whose next call of a kind can be made to die. */
export function createMortalWorld(courseOfRuns: readonly RunCourse[], approvers: GameDayInput['approvers']) {
  let doomed: { call: Call; when: 'before' | 'after' } | undefined;
  const mortal =
    <A extends unknown[], R>(call: Call, make: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const when = doomed?.call === call ? doomed.when : undefined;
      if (when !== undefined) doomed = undefined;
      if (when === 'before') throw new Died(call);
      const result = await make(...args);
      if (when === 'after') throw new Died(call);
      return result;
    };
  const wrap = ({ log, runs, killSwitch, ...rest }: GameDayPorts): GameDayPorts => ({
    ...rest,
    log: {
      read: mortal('read', (...args: Parameters<typeof log.read>) => log.read(...args)),
      append: mortal('append', (...args: Parameters<typeof log.append>) => log.append(...args)),
    },
    runs: {
      ...runs,
      answer: mortal('answer', (runId: string, answer: ApprovalAnswer) => runs.answer(runId, answer)),
      end: mortal('end', (runId: string, why: string) => runs.end(runId, why)),
    },
    killSwitch: {
      ...killSwitch,
      release: mortal('release', (edition: string) => killSwitch.release(edition)),
    },
  });
  const started: string[] = [];
  const courseOf = (runId: string): RunCourse => {
    if (!started.includes(runId)) started.push(runId);
    return courseOfRuns[started.indexOf(runId) % courseOfRuns.length] ?? {};
  };
  const world = createGameDayWorld({ input: gameDayInput({ approvers }), ports: wrap, course: courseOf });
  return {
    world,
    doom: (call: Call, when: 'before' | 'after') => {
      doomed = { call, when };
    },
    spare: () => {
      doomed = undefined;
    },
  };
}

export type MortalWorld = ReturnType<typeof createMortalWorld>;

/** Makes a move. */
export async function make(mortal: MortalWorld, move: Move): Promise<void> {
  switch (move.move) {
    case 'crash':
      mortal.doom(move.call, move.when);
      break;
    case 'look':
      await surviving(mortal.world.pass(move.afterMs));
      break;
    case 'act':
      await tryIt(mortal.world, move.by, move.tries);
      break;
    case 'both':
      await Promise.all([make(mortal, move.one), make(mortal, move.other)]);
  }
}

async function tryIt(world: GameDayWorld, by: Who, tried: Try): Promise<void> {
  const person = people[by];
  switch (tried.of) {
    case 'command':
      await surviving(world.act(person, tried.command));
      break;
    case 'next':
      await surviving(world.state().then((state) => world.act(person, proposeNext(state))));
      break;
    case 'brief':
      for (const item of Object.keys(world.input.preBrief))
        await surviving(world.act(person, { do: 'check', item, done: true }));
      break;
    case 'answer': {
      const { pending } = await world.state().catch(() => ({ pending: undefined }));
      const proposal = pending?.id ?? 'go-4';
      const hash = {
        pending: pending?.asked?.hash ?? '',
        old: `hash-of-${runIdOfStage('payment-outage-20261201-180000-4fzk', 1, 1)}`,
        wrong: 'hash-of-nothing',
      }[tried.hash];
      await surviving(world.act(person, { do: tried.do, proposal, hash }));
    }
  }
}

function proposeNext({ isGo, stages }: GameDayState): Command {
  if (!isGo) return { do: 'propose', proposal: { what: 'go' } };
  const stage = stages.find((one) => !didHold(one))?.number ?? 1;
  return { do: 'propose', proposal: { what: 'stage', stage } };
}

/** A refusal is an answer, and whoever died is done. Everything else is a defect. */
async function surviving(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (thrown) {
    const isExpected = thrown instanceof Died || thrown instanceof SteadfastError;
    if (!isExpected) throw thrown;
  }
}
