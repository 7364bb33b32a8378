import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import type { Person } from '../../../lib/game-day/actor.ts';
import { carryOut } from '../../../lib/game-day/carry-out.ts';
import type { Command } from '../../../lib/game-day/command.ts';
import type { GameDayInput } from '../../../lib/game-day/input.ts';
import type { GameDayMachineState } from '../../../lib/game-day/machine-state.ts';
import type { GameDayPorts } from '../../../lib/game-day/ports.ts';
import { reduce } from '../../../lib/game-day/reduce.ts';
import { stepGameDay } from '../../../lib/game-day/step.ts';
import { createFakeRuns, type RunCourse } from './fake-runs.ts';
import { gameDayInput } from './game-day-input.ts';
import { createMemoryLog } from './memory-log.ts';

export const gameDayStartMs = Date.parse('2026-12-01T18:00:00.000Z');
const edition = 'payment-outage-20261201-180000-4fzk';

const iam = (role: Person['role'], name: string): Person => ({
  proof: 'iam',
  role,
  principal: `arn:aws:sts::111111111111:assumed-role/${role}/${name}`,
});

/** People of a game day. */
export const people = {
  olga: iam('operator', 'olga'),
  oscar: iam('operator', 'oscar'),
  bea: iam('observer', 'bea'),
  carl: iam('onCall', 'carl'),
  sue: iam('scribe', 'sue'),
} as const satisfies Record<string, Person>;

/** An edition of a game day over fakes: its machine moves by `look`, as the state machine would have it. */
export function createGameDayWorld(
  options: {
    readonly input?: GameDayInput;
    readonly course?: (runId: string, stage: number) => RunCourse;
    readonly ports?: (ports: GameDayPorts) => GameDayPorts;
  } = {},
) {
  const input = options.input ?? gameDayInput();
  let nowMs = gameDayStartMs;
  const clock = { now: () => nowMs };
  const runs = createFakeRuns(clock, options.course);
  const log = createMemoryLog(clock);
  const plain: GameDayPorts = {
    clock,
    log,
    inputs: {
      load: async (id) => {
        if (id !== edition) throw new SteadfastError('unknown-id', `there is no edition ${id}`);
        return input;
      },
      save: async () => undefined,
    },
    runs: runs.ports,
    killSwitch: runs.killSwitch,
  };
  const ports = options.ports?.(plain) ?? plain;
  let state: GameDayMachineState | undefined;
  /** The run whose launcher the machine waits for. */
  let launched: string | undefined;

  const begin = async (): Promise<GameDayMachineState> => {
    state = await stepGameDay(ports, {
      step: 'begin',
      state: { input },
      execution: { id: 'arn:execution', name: edition, startedAt: '2026-12-01T18:00:00.000Z' },
    });
    return state;
  };

  /** One step of the machine, as the states of its definition follow each other. */
  const look = async (): Promise<GameDayMachineState> => {
    const before = state ?? (await begin());
    if (before.next === 'conclude') state = await stepGameDay(ports, { step: 'conclude', state: before });
    else if (before.next === 'launch' && before.launch !== undefined) {
      const { runId, input: start } = before.launch;
      if (launched !== runId) {
        launched = runId;
        runs.start(runId, start.gameDay.stage, start.gameDay.approvalMs);
      }
      if (runs.hasEnded(runId)) state = await stepGameDay(ports, { step: 'settle', state: before });
      else await stepGameDay(ports, { step: 'watch', state: before });
    } else if (before.next !== 'done') state = await stepGameDay(ports, { step: 'look', state: before });
    return state ?? before;
  };

  return {
    input,
    ports,
    runs,
    look,
    begin,
    /** Time goes on, and the machine looks. */
    pass: async (ms: number) => {
      nowMs += ms;
      return look();
    },
    wait: (ms: number): void => {
      nowMs += ms;
    },
    now: () => nowMs,
    act: (person: Person, command: Command) => carryOut(ports, { edition, person, command }),
    entries: () => log.read(edition),
    state: async () => reduce(input, await log.read(edition)),
    /** What waits for an answer. */
    pending: async () => {
      const { pending } = reduce(input, await log.read(edition));
      if (pending === undefined) throw new Error('nothing waits');
      return { proposal: pending.id, hash: pending.asked?.hash ?? '' };
    },
  };
}

export type GameDayWorld = ReturnType<typeof createGameDayWorld>;

/** The pre-brief is seen to, and go given. */
export async function giveGo(world: GameDayWorld): Promise<void> {
  await world.look();
  for (const item of Object.keys(world.input.preBrief))
    await world.act(people.sue, { do: 'check', item, done: true });
  await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
  await world.act(people.bea, { do: 'approve', ...(await world.pending()) });
}

/** A stage is proposed and its run asks. */
export async function askStage(world: GameDayWorld, stage: number): Promise<void> {
  await world.act(people.olga, { do: 'propose', proposal: { what: 'stage', stage } });
  await world.look();
  await world.look();
  await world.pass(1_000);
}

/** A stage is proposed, approved by somebody else, and comes to its end. */
export async function runStage(world: GameDayWorld, stage: number): Promise<void> {
  await askStage(world, stage);
  await world.act(people.carl, { do: 'approve', ...(await world.pending()) });
  await world.pass(60_000);
  await world.look();
}
