import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment } from '../../experiment/experiment.ts';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { carryOut } from '../../game-day/carry-out.ts';
import type { NewEntry } from '../../game-day/entry.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import type { LiveGameDay } from '../../game-day/live.ts';
import type { GameDayPorts } from '../../game-day/ports.ts';
import { reduce } from '../../game-day/reduce.ts';
import type { GameDayState } from '../../game-day/state.ts';
import { stepGameDay } from '../../game-day/step.ts';
import { viewOf } from '../../game-day/view-of.ts';
import { iso } from '../../run/iso.ts';
import type { Journal } from '../../run/journal.ts';
import type { Approvals, Clock, Guards } from '../../run/ports.ts';
import type { Progress } from '../../run/progress.ts';
import { writeWhole } from '../file-run-store.ts';
import { createMemoryApprovals } from '../memory-approvals.ts';
import { createFileLog, type FileLog } from './file-log.ts';
import { gameDayFiles } from './files.ts';
import { createLocalGameDayRuns, type StageStart } from './local-game-day-runs.ts';
import { createMeasuring } from './measuring.ts';
import { createPulse } from './pulse.ts';
import { runGameDayMachine } from './run-game-day-machine.ts';
import { watchGuards } from './watch-guards.ts';

/** What a stage's run is started with in a lab. */
export interface StageRun extends StageStart {
  readonly approvals: Approvals;
  readonly progress: Progress;
  /** Waits until somebody may have answered. */
  readonly waitForAnswer: (ms: number) => Promise<void>;
}

export interface HoldOptions {
  readonly edition: string;
  readonly input: GameDayInput;
  /** Those of its stages, by id: what their probes look at is measured. */
  readonly experiments: Readonly<Record<string, Pick<Experiment, 'steadyState'>>>;
  /** Where its log goes; made where it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  /** Runs a stage, and gives its journal. */
  readonly run: (stage: StageRun) => Promise<Journal>;
  /** What they do is written down as alarms are in AWS. */
  readonly guards: Guards;
  /** Told what people should know beside the log. */
  readonly tell: (text: string) => void;
}

/** A game day that is held in this process. */
export interface HeldGameDay extends LiveGameDay {
  readonly input: GameDayInput;
  readonly entries: FileLog['entries'];
  /** Resolves once it is closed, and nothing of it goes on. */
  readonly ended: Promise<void>;
  /** Ends every run with its fault, then the game day. Twice is no error. */
  stop(reason: string): Promise<void>;
}

const steadfast = { proof: 'steadfast' } as const;

/** A run looks for its answer as often, whatever its machine would wait: a look takes next to nothing in this process. */
const answerWithinMs = 1_000;

/**
 * Begins an edition and holds it, by the machine that is deployed, until it is closed.
 *
 * @throws SteadfastError `cannot-begin` where its folder cannot be written
 */
export async function holdGameDay(options: HoldOptions): Promise<HeldGameDay> {
  const { edition, input, clock, folder, tell } = options;
  const listeners = new Set<() => void>();
  const pulse = createPulse(clock);
  const show = (): void => {
    for (const listener of listeners) listener();
  };
  const change = (): void => {
    pulse.beat();
    show();
  };
  const log = await openLog(folder, clock, change);
  const measuring = createMeasuring(show);
  const approvals = createMemoryApprovals(clock);

  const runs = createLocalGameDayRuns({
    desk: approvals,
    clock,
    onChange: change,
    onFailure: (runId, cause) => tell(`run ${runId} failed: ${messageOf(cause)}`),
    run: (start) => {
      const { stage: number } = start.launch.input.gameDay;
      const { experiment = '' } = input.stages.find((stage) => stage.number === number) ?? {};
      const measured = measuring.follow(options.experiments[experiment]?.steadyState ?? {});
      return options.run({
        ...start,
        approvals,
        progress: {
          tell: (event) => {
            measured.tell(event);
            if (event.kind !== 'window') change();
          },
        },
        waitForAnswer: (ms) => pulse.wait(Math.min(ms, answerWithinMs), pulse.beats),
      });
    },
  });
  const ports: GameDayPorts = {
    clock,
    log,
    inputs: {
      load: async () => input,
      save: (_edition, saved) =>
        writeWhole(join(folder, gameDayFiles.input), `${JSON.stringify(saved, null, 2)}\n`),
    },
    runs: runs.ports,
    killSwitch: runs.killSwitch,
  };
  const stateNow = (): GameDayState => reduce(input, log.entries);

  let isOver = false;
  const giveUp = new AbortController();

  const hold = async (): Promise<void> => {
    const over = new AbortController();
    const watching = watchGuards({ edition, guards: options.guards, log, clock, signal: over.signal });
    let seen = pulse.beats;
    try {
      await runGameDayMachine({
        input,
        edition,
        startedAtMs: clock.now(),
        step: (task) => {
          seen = pulse.beats;
          return stepGameDay(ports, task);
        },
        launch: (launch) => runs.start(launch),
        wait: (ms) => pulse.wait(ms, seen),
        onFailure: (step, cause) => tell(`Steadfast's step ${step} failed: ${messageOf(cause)}`),
        signal: giveUp.signal,
      });
    } finally {
      over.abort();
      // Whatever became of the machine: no run outlives it.
      await runs.endAll('the game day has ended');
      await watching;
      await log.close();
      isOver = true;
      change();
    }
  };
  /** Resolves once something is so, or nothing goes on any more. */
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo() && !isOver) await pulse.wait(answerWithinMs, pulse.beats);
  };
  const ended = hold();
  await Promise.race([until(() => log.entries.length > 0), ended]);

  /** Writes what Steadfast itself has to say, unless it is so by now. */
  const write = async (entryOf: (state: GameDayState) => NewEntry | undefined): Promise<void> => {
    for (;;) {
      const state = stateNow();
      const entry = entryOf(state);
      if (entry === undefined) return;
      if ((await log.append(edition, state.entries, [entry])) === 'written') return;
    }
  };

  const close = async (reason: string): Promise<void> => {
    const { stopped } = await runs.killSwitch.halt(edition, reason, steadfast);
    const base = () => ({ at: iso(clock.now()), by: steadfast });
    await write(({ pending }) =>
      pending?.runId === undefined ? undefined : { kind: 'halted', ...base(), reason, stopped },
    );
    // What is under way ends in order first: its journal tells whether the system recovered.
    await until(() => stateNow().pending?.runId === undefined);
    await write(({ phase }) =>
      phase === 'pre-brief' || phase === 'experiment'
        ? { kind: 'finished', ...base(), why: reason }
        : undefined,
    );
    await write(({ phase }) => (phase === 'closed' ? undefined : { kind: 'closed', ...base() }));
  };
  const end = async (reason: string): Promise<void> => {
    if (isOver) return;
    try {
      await close(reason);
    } catch (cause) {
      // What cannot be written down ends all the same.
      tell(`the game day could not be closed in its log: ${messageOf(cause)}`);
      giveUp.abort();
    }
    await ended;
  };
  let ending: Promise<void> | undefined;

  return {
    edition,
    input,
    ended,
    stop: (reason) => {
      ending ??= end(reason);
      return ending;
    },
    get entries() {
      return log.entries;
    },
    view: (role) =>
      viewOf({
        edition,
        input,
        state: stateNow(),
        entries: log.entries,
        role,
        nowMs: clock.now(),
        aggregates: measuring.aggregates,
      }),
    act: async (person, command) => {
      try {
        await carryOut(ports, { edition, person, command });
        return {};
      } catch (thrown) {
        if (thrown instanceof SteadfastError) return { refused: sentenceOf(thrown) };
        throw thrown;
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function openLog(folder: string, clock: Clock, onAppend: () => void): Promise<FileLog> {
  try {
    await mkdir(folder, { recursive: true });
    return await createFileLog({ file: join(folder, gameDayFiles.log), clock, onAppend });
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the folder ${folder} cannot be written: ${messageOf(cause)}`, {
      hint: 'see that it can be written, and that its disk has room',
      cause,
    });
  }
}

const sentenceOf = ({ message, hint }: SteadfastError): string =>
  hint === undefined ? message : `${message}; ${hint}`;
