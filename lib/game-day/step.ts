import { SteadfastError } from '../experiment/steadfast-error.ts';
import { iso } from '../run/iso.ts';
import { dueEntries, launchOf, nextOf, waitSecondsOf } from './advance.ts';
import { editionOfExecution } from './edition.ts';
import { type Found, whyEnd } from './found.ts';
import type { GameDayMachineState, GameDayTask, StageLaunch } from './machine-state.ts';
import type { GameDayPorts } from './ports.ts';
import { reduce } from './reduce.ts';
import { releaseKillSwitch } from './release.ts';
import { answerOf } from './stage-answer.ts';

/** What is due comes in a few turns, and each conflict means that a person wrote in between. */
const mostTurns = 50;

/**
 * Makes one step of the protocol's machine. What is written in the log counts, not the state: a step that is repeated, delivered twice or
 * died half-way writes nothing twice and forgets nothing.
 */
export function stepGameDay(ports: GameDayPorts, task: GameDayTask): Promise<GameDayMachineState> {
  switch (task.step) {
    case 'begin':
      return begin(ports, task);
    case 'look':
    case 'settle':
      return look(ports, task.state, task.step === 'settle' ? 'settle' : 'later');
    case 'watch':
      return look(ports, task.state, 'watch');
    case 'conclude':
      return conclude(ports, task.state);
  }
}

async function begin(
  { clock, inputs, log }: GameDayPorts,
  { state: { input }, execution }: Extract<GameDayTask, { readonly step: 'begin' }>,
): Promise<GameDayMachineState> {
  const edition = editionOfExecution(input.id, execution.name, execution.startedAt);
  await inputs.save(edition, input);
  const nowMs = clock.now();
  // A conflict: it began before.
  await log.append(edition, 0, [
    {
      kind: 'began',
      at: iso(nowMs),
      by: { proof: 'steadfast' },
      gameDay: input.id,
      hash: input.hash,
      endsAt: iso(nowMs + input.times.preBriefMs + input.times.experimentMs),
    },
  ]);
  return { edition, next: 'wait', waitSeconds: 1, execution: execution.id };
}

type Launcher = NonNullable<Found['launcher']>;

async function look(
  ports: GameDayPorts,
  before: GameDayMachineState,
  since: Launcher,
): Promise<GameDayMachineState> {
  const { edition, launch, execution } = before;
  for (let left = mostTurns; left > 0; left -= 1) {
    const found = await find(ports, before, since);
    // What must end is ended before anything is written of it.
    const why = whyEnd(found);
    const { runId } = found.state.pending ?? {};
    if (why !== undefined && runId !== undefined) await ports.runs.end(runId, why);
    const due = dueEntries(found);
    if (due.length > 0) {
      await ports.log.append(edition, found.state.entries, due);
      continue;
    }
    if (why === undefined && found.run?.state === 'waiting') {
      const answer = answerOf(found.state, found.entries);
      if (answer !== undefined) await ports.runs.answer(answer.runId, answer.answer);
    }
    const next = nextOf(found);
    const waitSeconds = waitSecondsOf(found);
    if (next === 'launch') {
      const started = launchOf(found);
      if (started === undefined || !(await releaseKillSwitch(ports, edition, found))) continue;
      return { edition, next, waitSeconds, execution, launch: startedBy(execution, started) };
    }
    // As long as its run has not ended it is remembered whose launcher came back.
    const isOpen = launch !== undefined && runId === launch.runId;
    return { edition, next, waitSeconds, execution, ...(isOpen ? { launch } : {}) };
  }
  throw new SteadfastError('busy', 'others kept writing into the log of the game day', {
    hint: 'the step is made again',
  });
}

/** Links the launcher's execution to this one in the console (Step Functions, startExecution). */
const startedBy = (execution: string, launch: StageLaunch): StageLaunch => ({
  ...launch,
  input: { ...launch.input, AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: execution },
});

async function find(
  { clock, inputs, log, runs }: GameDayPorts,
  { edition, launch }: GameDayMachineState,
  since: Launcher,
): Promise<Found> {
  const [input, entries] = await Promise.all([inputs.load(edition), log.read(edition)]);
  const state = reduce(input, entries);
  const { runId } = state.pending ?? {};
  const run = runId === undefined ? undefined : await runs.look(runId);
  const isReturned = launch !== undefined && launch.runId === runId;
  return {
    edition,
    input,
    state,
    entries,
    nowMs: clock.now(),
    ...(run === undefined ? {} : { run }),
    ...(isReturned || since === 'watch' ? { launcher: since } : {}),
  };
}

async function conclude(
  { clock, inputs, log }: GameDayPorts,
  { edition, execution }: GameDayMachineState,
): Promise<GameDayMachineState> {
  const input = await inputs.load(edition);
  for (let left = mostTurns; left > 0; left -= 1) {
    const state = reduce(input, await log.read(edition));
    if (state.phase === 'closed') return { edition, next: 'done', waitSeconds: 1, execution };
    await log.append(edition, state.entries, [
      { kind: 'closed', at: iso(clock.now()), by: { proof: 'steadfast' } },
    ]);
  }
  throw new SteadfastError('busy', 'others kept writing into the log of the game day', {
    hint: 'the step is made again',
  });
}
