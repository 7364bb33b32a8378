import { iso } from '../run/iso.ts';
import { hasExpired } from './decisions/propose.ts';
import { runIdOfStage } from './edition.ts';
import type { NewEntry } from './entry.ts';
import { type Found, mayLaunch } from './found.ts';
import type { StageLaunch } from './machine-state.ts';
import { runEntries } from './run-entries.ts';
import { didHold } from './stage-states.ts';

const steadfast = { proof: 'steadfast' } as const;

/** What is written down next, of what nobody has to want: what runs have come to, and what time has. Nothing once it is all written. */
export function dueEntries(found: Found): readonly NewEntry[] {
  const ofRun = runEntries(found);
  if (ofRun.length > 0) return ofRun;
  const { state, nowMs } = found;
  const base = { at: iso(nowMs), by: steadfast };
  if (state.pending !== undefined && hasExpired(state.pending, nowMs))
    return [{ kind: 'expired', ...base, proposal: state.pending.id }];
  const why = whyFinished(found);
  if (why !== undefined) return [{ kind: 'finished', ...base, why }];
  return found.launcher === 'watch' ? [] : launchEntry(found);
}

/** Why the experiment is over, once it is: not before what is under way has ended. */
function whyFinished({ state, nowMs }: Found): string | undefined {
  if (state.phase !== 'pre-brief' && state.phase !== 'experiment') return undefined;
  if (state.pending?.runId !== undefined) return undefined;
  if (nowMs >= state.endsAtMs)
    return state.phase === 'pre-brief' ? 'nobody gave go in time' : 'the time of the experiment was up';
  return state.phase === 'experiment' && state.stages.every(didHold) ? 'every stage held' : undefined;
}

function launchEntry(found: Found): readonly NewEntry[] {
  const { edition, state, nowMs } = found;
  const { pending } = state;
  if (pending?.proposal.what !== 'stage' || pending.runId !== undefined || !mayLaunch(found)) return [];
  const { stage } = pending.proposal;
  const attempt = (state.stages.find((one) => one.number === stage)?.attempts.length ?? 0) + 1;
  const runId = runIdOfStage(edition, stage, attempt);
  return [{ kind: 'launched', at: iso(nowMs), by: steadfast, proposal: pending.id, stage, attempt, runId }];
}

/** Where the machine goes on once all that is due is written. */
export function nextOf(found: Found): 'launch' | 'wait' | 'watch' | 'watched' | 'conclude' {
  const { state, launcher, run, input, nowMs } = found;
  const { runId } = state.pending ?? {};
  if (launcher === 'watch') {
    if (runId === undefined) return 'watched';
    return run?.state === 'missing' && nowMs - launchedAtMs(found, runId) > appearsWithinMs
      ? 'watched'
      : 'watch';
  }
  if (runId !== undefined)
    return launcher === undefined && run?.state === 'missing' && mayLaunch(found) ? 'launch' : 'wait';
  if (state.phase === 'closed') return 'conclude';
  const isOver =
    state.finishedAtMs !== undefined && nowMs >= state.finishedAtMs + input.times.retrospectiveMs;
  return isOver ? 'conclude' : 'wait';
}

/** A launcher that starts a run does so within moments; whoever watches leaves it to the state that waits for the launcher then. */
const appearsWithinMs = 180_000;

const launchedAtMs = ({ state }: Found, runId: string): number =>
  state.stages.flatMap(({ attempts }) => attempts).find((one) => one.runId === runId)?.launchedAtMs ?? 0;

/** What the machine starts of the stage that waits. */
export function launchOf({ edition, input, state }: Found): StageLaunch | undefined {
  const { pending } = state;
  if (pending?.proposal.what !== 'stage' || pending.runId === undefined) return undefined;
  const { runId } = pending;
  const { stage: number } = pending.proposal;
  const stage = input.stages.find((one) => one.number === number);
  const attempt = state.stages
    .find((one) => one.number === number)
    ?.attempts.find((one) => one.runId === runId)?.attempt;
  if (stage === undefined || attempt === undefined) return undefined;
  const { only, set, launcher } = stage;
  return {
    launcher,
    runId,
    input: {
      gameDay: { edition, stage: number, attempt, approvalMs: input.times.approvalMs },
      ...(only === undefined ? {} : { stage: only }),
      ...(set === undefined ? {} : { set }),
    },
  };
}

/** People are about: what they propose begins within a quarter of a minute. After four hours a look each minute keeps a whole day below what an execution can remember. */
const [soonSeconds, laterSeconds, laterMs] = [15, 60, 4 * 3_600_000] as const;

/** How long the machine waits until the next look: no longer than until something is due. */
export function waitSecondsOf({ state, input, nowMs }: Found): number {
  const most = nowMs - state.beganAtMs < laterMs ? soonSeconds : laterSeconds;
  const due = [
    state.pending?.asked?.expiresAtMs,
    state.phase === 'pre-brief' || state.phase === 'experiment' ? state.endsAtMs : undefined,
    state.finishedAtMs === undefined ? undefined : state.finishedAtMs + input.times.retrospectiveMs,
  ];
  const seconds = due.flatMap((atMs) => {
    const left = atMs === undefined ? 0 : Math.ceil((atMs - nowMs) / 1_000);
    return left > 0 ? [left] : [];
  });
  return Math.max(1, Math.min(most, ...seconds));
}
