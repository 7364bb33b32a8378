import type { StageLaunch } from '../../game-day/machine-state.ts';
import type { GameDayRuns, KillSwitch, RunOfStage } from '../../game-day/ports.ts';
import { endedRun, linesOfRun } from '../../game-day/run-of-journal.ts';
import { type ApprovalDesk, isOpen } from '../../run/approvals.ts';
import type { RunEntry } from '../../run/entries.ts';
import type { Journal } from '../../run/journal.ts';
import type { Halts, RunStore } from '../../run/ports.ts';

type Ended = Extract<RunOfStage, { readonly state: 'ended' }>;

/** What a run of a stage is started with. */
export interface StageStart {
  readonly launch: StageLaunch;
  readonly halts: Halts;
  /** Told when it writes down how it goes. */
  readonly onBegin: (store: Pick<RunStore, 'entries'>) => void;
}

interface LocalRun {
  store?: Pick<RunStore, 'entries'>;
  ending?: string;
  ended?: Ended;
  readonly done: Promise<void>;
}

export interface LocalGameDayRuns {
  readonly ports: GameDayRuns;
  readonly killSwitch: KillSwitch;
  /** Starts a run, once, and resolves when it has ended; while the kill switch is on it is rejected. */
  start(launch: StageLaunch): Promise<void>;
  /** Ends every run, and resolves when all have ended. */
  endAll(reason: string): Promise<void>;
}

/** The runs of a rehearsed game day, and what ends them: all of it in this process. */
export function createLocalGameDayRuns(options: {
  readonly desk: ApprovalDesk;
  readonly clock: { now(): number };
  /** @returns its journal; rejects where it could not even be rejected */
  readonly run: (start: StageStart) => Promise<Journal>;
  /** Told that something has changed. */
  readonly onChange: () => void;
  /** Told of a run that left no journal. */
  readonly onFailure: (runId: string, cause: unknown) => void;
}): LocalGameDayRuns {
  const { desk, clock, onChange } = options;
  const runs = new Map<string, LocalRun>();
  let locked: { readonly edition: string; readonly reason: string } | undefined;

  const end = (run: LocalRun, reason: string): void => {
    // Whoever waits for it to end asks again at each change: told of a change each time, they would never wait.
    if (run.ending !== undefined) return;
    run.ending = reason;
    onChange();
  };

  const begin = (launch: StageLaunch): LocalRun => {
    const { runId } = launch;
    const halts: Halts = {
      requested: async () => {
        const reason = runs.get(runId)?.ending;
        return reason === undefined ? undefined : { reason };
      },
    };
    const onBegin = (store: Pick<RunStore, 'entries'>): void => {
      run.store = store;
      onChange();
    };
    const run: LocalRun = {
      done: Promise.resolve()
        .then(() => options.run({ launch, halts, onBegin }))
        .then(
          (journal) => {
            run.ended = endedRun(runId, journal);
          },
          (cause: unknown) => {
            options.onFailure(runId, cause);
            run.ended = withoutJournal(clock.now(), {
              verdict: 'errored',
              summary: 'Steadfast itself failed: the run left no journal.',
            });
          },
        )
        .finally(onChange),
    };
    runs.set(runId, run);
    return run;
  };

  /** A run that was never begun, and never will be. */
  const reject = (runId: string, reason: string): LocalRun => {
    const summary = `It was not started: everything was halted (${reason}).`;
    const outcome = { verdict: 'rejected', rejection: 'locked', summary } as const;
    const run: LocalRun = { done: Promise.resolve(), ended: withoutJournal(clock.now(), outcome) };
    runs.set(runId, run);
    onChange();
    return run;
  };

  const start = (launch: StageLaunch): LocalRun =>
    runs.get(launch.runId) ?? (locked === undefined ? begin(launch) : reject(launch.runId, locked.reason));

  return {
    start: (launch) => start(launch).done,
    endAll: async (reason) => {
      for (const run of runs.values()) end(run, reason);
      await Promise.all([...runs.values()].map(({ done }) => done));
    },
    ports: {
      look: async (runId) => {
        const run = runs.get(runId);
        if (run === undefined) return { state: 'missing' };
        if (run.ended !== undefined) return run.ended;
        const lines = linesOfRun(runId, soFar((await run.store?.entries(runId)) ?? []));
        const asked = await desk.find(runId);
        return asked !== undefined && isOpen(asked, clock.now())
          ? { state: 'waiting', request: asked.request, lines }
          : { state: 'under way', lines };
      },
      answer: async (runId, { answer, hash, by, note }) => {
        const asked = await desk.find(runId);
        // Answered before, or over: then the run itself says what became of it.
        if (asked === undefined || !isOpen(asked, clock.now())) return;
        const decision = { runId, hash, by, ...(note === undefined ? {} : { note }) };
        await (answer === 'approved' ? desk.approve(decision) : desk.refuse(decision));
        onChange();
      },
      end: async (runId, reason) => {
        const run = runs.get(runId);
        if (run !== undefined && run.ended === undefined) end(run, reason);
      },
    },
    killSwitch: {
      halt: async (edition, reason) => {
        locked = { edition, reason };
        const under = [...runs].filter(([, run]) => run.ended === undefined);
        for (const [, run] of under) end(run, reason);
        onChange();
        const stopped =
          under.length === 0
            ? 'nothing was under way'
            : `run ${under.map(([id]) => id).join(', ')} is being ended`;
        return { stopped: `${stopped}, and no other begins` };
      },
      release: async (edition) => {
        if (locked?.edition === edition) locked = undefined;
      },
    },
  };
}

const withoutJournal = (nowMs: number, outcome: Omit<Ended['outcome'], 'tolerances'>): Ended => ({
  state: 'ended',
  outcome: { ...outcome, tolerances: {} },
  endedAtMs: nowMs,
  lines: [],
});

/** What a run has written down so far, as its journal will tell it. */
function soFar(entries: readonly RunEntry[]): Parameters<typeof linesOfRun>[1] {
  const stages = new Map<
    number,
    { readonly start?: string | undefined; readonly end?: string | undefined }
  >();
  for (const entry of entries) {
    if (entry.kind !== 'stage') continue;
    const { start, end: over } = entry.set;
    const before = stages.get(entry.stage) ?? {};
    stages.set(entry.stage, { start: start ?? before.start, end: over ?? before.end });
  }
  return {
    timeline: entries.flatMap((entry) => (entry.kind === 'timeline' ? [entry.entry] : [])),
    stages: [...stages.values()],
  };
}
