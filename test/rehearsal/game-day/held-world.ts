import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import type { Person } from '../../../lib/game-day/actor.ts';
import type { Command } from '../../../lib/game-day/command.ts';
import type { LiveGameDay } from '../../../lib/game-day/live.ts';
import type { GameDayView } from '../../../lib/game-day/view.ts';
import {
  type HeldGameDay,
  holdGameDay,
  type StageRun,
} from '../../../lib/rehearsal/game-day/hold-game-day.ts';
import type { ApprovalRequest } from '../../../lib/run/approvals.ts';
import type { GuardState } from '../../../lib/run/ports.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { journalOf } from '../journal-of.ts';

export const edition = 'payment-outage-20261201-180000-4fzk';

export const link = (role: Person['role'], claimed: string): Person => ({ proof: 'link', role, claimed });

const request = (runId: string, expiresAtMs: number): ApprovalRequest => ({
  hash: `hash-of-${runId}`,
  experiment: 'slow-payments',
  title: 'Payments are slow',
  environment: 'queueing-shop',
  stages: [],
  targets: [],
  askedAtMs: 0,
  expiresAtMs,
});

/** Waits for what the people see to be so; nothing is polled. */
export async function seen(live: LiveGameDay, isSo: (view: GameDayView) => boolean): Promise<GameDayView> {
  const changed = Promise.withResolvers<GameDayView>();
  const look = (): void => {
    const view = live.view('operator');
    if (isSo(view)) changed.resolve(view);
  };
  const leave = live.subscribe(look);
  look();
  try {
    return await changed.promise;
  } finally {
    leave();
  }
}

export async function done(live: LiveGameDay, person: Person, command: Command): Promise<void> {
  const { refused } = await live.act(person, command);
  if (refused !== undefined) throw new Error(refused);
}

/** Whoever is on call approves what waits. */
export async function approveWhatWaits(live: LiveGameDay): Promise<void> {
  const { pending } = await seen(live, (view) => view.pending?.hash !== undefined);
  const { id: proposal = '', hash = '' } = pending ?? {};
  await done(live, link('onCall', 'Carl'), { do: 'approve', proposal, hash });
}

export async function giveGo(live: LiveGameDay): Promise<void> {
  for (const { item } of live.view('operator').preBrief)
    await done(live, link('scribe', 'Sue'), { do: 'check', item, done: true });
  await done(live, link('operator', 'Olga'), { do: 'propose', proposal: { what: 'go' } });
  await approveWhatWaits(live);
}

export const proposeStage = (live: LiveGameDay, stage: number): Promise<void> =>
  done(live, link('operator', 'Olga'), { do: 'propose', proposal: { what: 'stage', stage } });

/**
 * A game day held in a folder of its own, over runs that ask, break something once they are approved, and end when they are told to.
 */
export async function createHeldWorld(
  given: {
    readonly runs?: (stage: StageRun) => Promise<Verdict>;
    readonly guards?: () => readonly GuardState[];
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-game-day-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const clock = createVirtualClock({ startMs: Date.parse('2026-12-01T18:00:00.000Z'), auto: false });
  const launched: string[] = [];
  const faults = new Set<string>();
  const told: string[] = [];
  /** What ends a run whose fault is under way. */
  const ways = new Map<string, (verdict: Verdict) => void>();

  /** Resolves once a person has answered, or the run is to end. */
  const answered = async ({ launch, approvals, halts, waitForAnswer }: StageRun): Promise<boolean> => {
    for (;;) {
      if ((await halts.requested(launch.runId)) !== undefined) return false;
      const answer = await approvals.answer(launch.runId);
      if (answer !== undefined) return answer.answer === 'approved';
      await waitForAnswer(15_000);
    }
  };
  const breaking = async ({ launch, halts, waitForAnswer }: StageRun): Promise<Verdict> => {
    let verdict: Verdict | undefined;
    faults.add(launch.runId);
    ways.set(launch.runId, (given) => {
      verdict = given;
    });
    for (;;) {
      const isHalted = (await halts.requested(launch.runId)) !== undefined;
      if (isHalted || verdict !== undefined) {
        faults.delete(launch.runId);
        return isHalted ? 'halted' : (verdict ?? 'errored');
      }
      await waitForAnswer(15_000);
    }
  };
  const play = async (stage: StageRun): Promise<Verdict> => {
    stage.onBegin({ entries: async () => [] });
    await stage.approvals.ask(stage.launch.runId, request(stage.launch.runId, clock.now() + 1_800_000));
    return (await answered(stage)) ? breaking(stage) : 'halted';
  };

  const live: HeldGameDay = await holdGameDay({
    edition,
    input: gameDayInput({ mode: 'rehearsal', principals: {} }),
    experiments: { 'slow-payments': { steadyState: {} } },
    folder: join(folder, edition),
    clock,
    guards: { read: async () => given.guards?.() ?? [] },
    tell: (text) => told.push(text),
    run: async (stage) => {
      launched.push(stage.launch.runId);
      return journalOf({ verdict: await (given.runs ?? play)(stage) });
    },
  });
  // A test that failed half-way ends what it began.
  onTestFinished(() => live.stop('the test is over'));
  return {
    live,
    clock,
    folder: join(folder, edition),
    launched,
    faults,
    told,
    /** The run under way comes to its end by itself. */
    endRun: async (runId: string, verdict: Verdict): Promise<void> => {
      ways.get(runId)?.(verdict);
      await clock.advance(1_000);
    },
  };
}
