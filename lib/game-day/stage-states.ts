import type { EntryOf } from './entry.ts';
import type { Attempt, GameDayState, StageState, StageStatus } from './state.ts';

type Stages = readonly StageState[];

export const withAttempt = (stages: Stages, { stage, attempt, runId, at }: EntryOf<'launched'>): Stages =>
  stages.map((one) =>
    one.number === stage && one.attempts.every((other) => other.runId !== runId)
      ? { ...one, attempts: [...one.attempts, { attempt, runId, launchedAtMs: Date.parse(at) }] }
      : one,
  );

/** An attempt ends once: what is told of it again changes nothing. */
export const withEnd = (stages: Stages, { runId, verdict, rejection, summary }: EntryOf<'ended'>): Stages =>
  stages.map((one) => ({
    ...one,
    attempts: one.attempts.map((attempt): Attempt => {
      if (attempt.runId !== runId || attempt.verdict !== undefined) return attempt;
      return { ...attempt, verdict, summary, ...(rejection === undefined ? {} : { rejection }) };
    }),
  }));

/** The stages with their status. */
export const stagesOf = (state: GameDayState): Stages =>
  state.stages.map((stage) => ({ ...stage, status: statusOf(stage, state) }));

function statusOf(
  stage: StageState,
  { pending, stages, phase, isGo, pausedBy, halted }: GameDayState,
): StageStatus {
  const isPending = pending?.proposal.what === 'stage' && pending.proposal.stage === stage.number;
  if (isPending)
    return pending.approvedBy !== undefined && pending.refusedBy === undefined ? 'running' : 'asking';
  const last = stage.attempts.at(-1);
  if (last !== undefined) {
    if (last.verdict === undefined) return 'running';
    return last.verdict === 'held' ? 'held' : 'failed';
  }
  const isNext = stages.every((other) => other.number >= stage.number || didHold(other));
  const mayBegin = phase === 'experiment' && isGo && pausedBy === undefined && halted === undefined;
  return isNext && mayBegin && pending === undefined ? 'offered' : 'later';
}

export const didHold = ({ attempts }: StageState): boolean => attempts.at(-1)?.verdict === 'held';
