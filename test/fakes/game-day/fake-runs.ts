import type { Verdict } from '../../../lib/experiment/verdict.ts';
import type { GameDayRuns, RunLine, RunOfStage } from '../../../lib/game-day/ports.ts';
import type { ApprovalAnswer, ApprovalRequest } from '../../../lib/run/approvals.ts';
import { iso } from '../../../lib/run/iso.ts';

/** How a run of a stage goes. */
export interface RunCourse {
  /** Until it is admitted and asks. */
  readonly admitMs?: number;
  /** From its approval to its end. */
  readonly lastsMs?: number;
  readonly verdict?: Verdict;
  /** It never begins to ask. */
  readonly rejected?: boolean;
}

interface FakeRun {
  readonly runId: string;
  readonly startMs: number;
  readonly request: ApprovalRequest;
  readonly course: Required<RunCourse>;
  answer?: ApprovalAnswer;
  /** Ended from outside. */
  endedBy?: { readonly atMs: number; readonly why: string };
}

/** Runs that go by the clock alone: admitted, asking, approved or not, ended. What is locked is rejected, what is halted ends at once. */
export function createFakeRuns(
  clock: { now(): number },
  courseOf: (runId: string, stage: number) => RunCourse = () => ({}),
) {
  const runs = new Map<string, FakeRun>();
  const answers: { readonly runId: string; readonly answer: ApprovalAnswer }[] = [];
  const launches: { readonly runId: string; readonly atMs: number; readonly isLocked: boolean }[] = [];
  let lockedBy: string | undefined;

  const endOf = (
    run: FakeRun,
  ): { readonly atMs: number; readonly verdict: Verdict; readonly why: string } | undefined => {
    const { course, startMs, request, answer, endedBy } = run;
    const nowMs = clock.now();
    const own = ((): { atMs: number; verdict: Verdict; why: string } => {
      const askedMs = startMs + course.admitMs;
      if (course.rejected) return { atMs: askedMs, verdict: 'rejected', why: 'rejected' };
      if (answer === undefined || answer.atMs >= request.expiresAtMs)
        return { atMs: request.expiresAtMs, verdict: 'halted', why: 'approval-expired' };
      if (answer.answer === 'refused')
        return { atMs: answer.atMs, verdict: 'halted', why: 'approval-refused' };
      return { atMs: Math.max(askedMs, answer.atMs) + course.lastsMs, verdict: course.verdict, why: 'over' };
    })();
    const end =
      endedBy !== undefined && endedBy.atMs < own.atMs ? { ...endedBy, verdict: 'halted' as const } : own;
    return nowMs >= end.atMs ? end : undefined;
  };

  const lines = (run: FakeRun): RunLine[] =>
    run.answer?.answer === 'approved'
      ? [{ key: `${run.runId}/fault`, atMs: run.answer.atMs, what: 'fault-began', text: 'The fault began.' }]
      : [];

  const look = (runId: string): RunOfStage => {
    const run = runs.get(runId);
    if (run === undefined) return { state: 'missing' };
    const end = endOf(run);
    if (end !== undefined) {
      const { verdict, atMs, why } = end;
      return {
        state: 'ended',
        outcome: { verdict, summary: why, tolerances: {} },
        endedAtMs: atMs,
        lines: lines(run),
      };
    }
    if (run.answer !== undefined || clock.now() < run.startMs + run.course.admitMs)
      return { state: 'under way', lines: lines(run) };
    return { state: 'waiting', request: run.request, lines: lines(run) };
  };

  const end = (runId: string, why: string): void => {
    const run = runs.get(runId);
    if (run !== undefined && endOf(run) === undefined) run.endedBy ??= { atMs: clock.now(), why };
  };

  const ports: GameDayRuns = {
    look: async (runId) => look(runId),
    answer: async (runId, answer) => {
      answers.push({ runId, answer });
      const run = runs.get(runId);
      if (run !== undefined && endOf(run) === undefined) run.answer ??= answer;
    },
    end: async (runId, why) => end(runId, why),
  };

  return {
    ports,
    answers,
    launches,
    underWay: (): string[] =>
      [...runs.values()].filter((run) => endOf(run) === undefined).map(({ runId }) => runId),
    /** What a launcher does; the same name starts nothing twice. */
    start: (runId: string, stage: number, approvalMs: number): void => {
      if (runs.has(runId)) return;
      const startMs = clock.now();
      launches.push({ runId, atMs: startMs, isLocked: lockedBy !== undefined });
      const {
        admitMs = 1_000,
        lastsMs = 60_000,
        verdict = 'held',
        rejected = false,
      } = courseOf(runId, stage);
      const course = { admitMs, lastsMs, verdict, rejected: rejected || lockedBy !== undefined };
      const askedAtMs = startMs + course.admitMs;
      const request: ApprovalRequest = {
        hash: `hash-of-${runId}`,
        experiment: 'slow-payments',
        title: 'Payments are slow',
        environment: 'staging',
        stages: [
          {
            label: 'all',
            durationMs: course.lastsMs,
            faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: 'delay=500' }],
          },
        ],
        targets: [{ fault: 'slow', count: 2, some: ['task-1', 'task-2'] }],
        askedAtMs,
        expiresAtMs: askedAtMs + approvalMs,
      };
      runs.set(runId, { runId, startMs, request, course });
    },
    /** What a launcher waits for. */
    hasEnded: (runId: string): boolean => look(runId).state === 'ended',
    killSwitch: {
      halt: async (edition: string, reason: string) => {
        lockedBy ??= edition;
        const under = [...runs.keys()].filter((runId) => look(runId).state !== 'ended');
        for (const runId of under) end(runId, reason);
        return {
          stopped:
            under.length === 0 ? 'nothing was under way' : `ended ${under.join(', ')} at ${iso(clock.now())}`,
        };
      },
      release: async (edition: string) => {
        if (lockedBy === edition) lockedBy = undefined;
      },
    },
    get isLocked() {
      return lockedBy !== undefined;
    },
  };
}
