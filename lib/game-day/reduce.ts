import type { Entry, EntryOf } from './entry.ts';
import type { GameDayInput } from './input.ts';
import { stagesOf, withAttempt, withEnd } from './stage-states.ts';
import type { GameDayState, Pending } from './state.ts';

type Apply<K extends Entry['kind']> = (
  state: GameDayState,
  entry: EntryOf<K>,
  input: GameDayInput,
) => GameDayState;

/** What an edition is before anything was written of it. */
const nothingYet = (input: GameDayInput): GameDayState => ({
  phase: 'pre-brief',
  entries: 0,
  beganAtMs: 0,
  endsAtMs: 0,
  checked: {},
  isGo: false,
  stages: input.stages.map(({ number }) => ({ number, status: 'later', attempts: [] })),
});

/**
 * What a log comes to. Any log comes to something: it is written by `decide` and `advance` alone, so what does not fit is passed over here
 * instead of being refused.
 */
export function reduce(input: GameDayInput, entries: readonly Entry[]): GameDayState {
  let state = nothingYet(input);
  for (const entry of entries) state = { ...apply(state, entry, input), entries: entry.number };
  return { ...state, stages: stagesOf(state) };
}

function apply(state: GameDayState, entry: Entry, input: GameDayInput): GameDayState {
  switch (entry.kind) {
    case 'began':
      return { ...state, beganAtMs: Date.parse(entry.at), endsAtMs: Date.parse(entry.endsAt) };
    case 'checked':
      return checked(state, entry, input);
    case 'proposed':
      return proposed(state, entry, input);
    case 'launched':
      return launched(state, entry, input);
    case 'asked':
      return asked(state, entry, input);
    case 'approved':
      return approved(state, entry, input);
    case 'refused':
      return refused(state, entry, input);
    case 'expired':
      return state.pending?.id === entry.proposal ? withoutWish(state) : state;
    case 'ended':
      return ended(state, entry, input);
    case 'paused':
      return { ...state, pausedBy: entry.by };
    case 'resumed':
      return withoutPause(state);
    case 'halted':
      return halted(state, entry, input);
    case 'finished':
      return finished(state, entry, input);
    case 'closed':
      return { ...withoutPending(withoutPause(state)), phase: 'closed', isGo: false };
    case 'run':
    case 'alarm':
    case 'change':
    case 'changes-known':
    case 'note':
    case 'observed':
    case 'denied':
      return state;
  }
}

function withoutPending(state: GameDayState): GameDayState {
  const { pending: _, ...rest } = state;
  return rest;
}

function withoutPause(state: GameDayState): GameDayState {
  const { pausedBy: _, ...rest } = state;
  return rest;
}

/** What waits is gone, unless it has become a run: that stays until it has ended. */
const withoutWish = (state: GameDayState): GameDayState =>
  state.pending?.runId === undefined ? withoutPending(state) : state;

const checked: Apply<'checked'> = (state, { item, done, by }) => {
  const others = Object.fromEntries(Object.entries(state.checked).filter(([name]) => name !== item));
  return { ...state, checked: done ? { ...others, [item]: by } : others };
};

const readAsked = (from: EntryOf<'asked'>['asked']): NonNullable<Pending['asked']> => ({
  hash: from.hash,
  lines: from.lines,
  expiresAtMs: Date.parse(from.expiresAt),
});

const proposed: Apply<'proposed'> = (state, { id, proposal, asked: question, by, at }, input) => {
  if (state.pending !== undefined) return state;
  const { go, stages, extend } = input.approvers;
  return {
    ...state,
    pending: {
      id,
      proposal,
      proposedBy: by,
      proposedAtMs: Date.parse(at),
      approvers: { go, stage: stages, extend }[proposal.what],
      ...(question === undefined ? {} : { asked: readAsked(question) }),
    },
  };
};

const launched: Apply<'launched'> = (state, entry) => {
  const { pending } = state;
  if (pending === undefined || pending.id !== entry.proposal) return state;
  const { runId } = entry;
  return { ...state, pending: { ...pending, runId }, stages: withAttempt(state.stages, entry) };
};

const asked: Apply<'asked'> = (state, { proposal, runId, asked: question }) => {
  const { pending } = state;
  if (pending === undefined || pending.id !== proposal || pending.runId !== runId) return state;
  return { ...state, pending: { ...pending, asked: readAsked(question) } };
};

const approved: Apply<'approved'> = (state, { proposal: id, hash, by, at }, input) => {
  const { pending } = state;
  if (pending === undefined || pending.id !== id || pending.asked?.hash !== hash) return state;
  switch (pending.proposal.what) {
    case 'go': {
      const { halted: _, ...rest } = withoutPending(state);
      const isFirst = state.phase === 'pre-brief';
      const endsAtMs = isFirst ? Date.parse(at) + input.times.experimentMs : state.endsAtMs;
      return { ...rest, phase: 'experiment', isGo: true, endsAtMs };
    }
    case 'extend':
      return { ...withoutPending(state), endsAtMs: state.endsAtMs + pending.proposal.byMs };
    case 'stage':
      return { ...state, pending: { ...pending, approvedBy: by } };
  }
};

const refused: Apply<'refused'> = (state, { proposal, by }) => {
  const { pending } = state;
  if (pending?.id !== proposal) return state;
  return pending.runId === undefined
    ? withoutPending(state)
    : { ...state, pending: { ...pending, refusedBy: by } };
};

const ended: Apply<'ended'> = (state, entry) => ({
  ...(state.pending?.runId === entry.runId ? withoutPending(state) : state),
  stages: withEnd(state.stages, entry),
});

const halted: Apply<'halted'> = (state, { by, reason, at }) => ({
  ...withoutWish(state),
  isGo: false,
  halted: { by, reason, atMs: Date.parse(at) },
});

const finished: Apply<'finished'> = (state, { at }) => {
  if (state.phase === 'closed' || state.finishedAtMs !== undefined) return state;
  const rest = withoutWish(withoutPause(state));
  return { ...rest, phase: 'retrospective', isGo: false, finishedAtMs: Date.parse(at) };
};
