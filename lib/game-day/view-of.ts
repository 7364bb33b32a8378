import type { RoleName } from '../experiment/role-names.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { iso } from '../run/iso.ts';
import type { Person } from './actor.ts';
import { nameOf } from './actor-name.ts';
import { type AttemptAlerts, alertsOf } from './alerts.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { faultSpansOf } from './fault-spans.ts';
import type { GameDayInput } from './input.ts';
import { lengthOf } from './length.ts';
import { nowOf } from './now.ts';
import { offersOf } from './offers.ts';
import { predictionsOf } from './predictions.ts';
import type { GameDayState } from './state.ts';
import { changesKnownUntil, timelineOf } from './timeline.ts';
import type { Aggregate, GameDayView } from './view.ts';
import { proposalTitle } from './words.ts';

export interface ViewOptions {
  readonly edition: string;
  readonly input: GameDayInput;
  readonly state: GameDayState;
  readonly entries: readonly Entry[];
  readonly role: RoleName;
  /** Who looks, where that is known; else what anybody in the role may do is offered. */
  readonly person?: Person | undefined;
  readonly nowMs: number;
  readonly aggregates: readonly Aggregate[];
  readonly changesKnownUntil?: string | undefined;
}

/** So many of the newest lines are shown; the log has them all. */
const shownLines = 200;

/** A game day as somebody in a role sees it now. */
export function viewOf(options: ViewOptions): GameDayView {
  const { edition, input, state, entries, role, nowMs, aggregates } = options;
  const knownUntil = options.changesKnownUntil ?? changesKnownUntil(entries);
  const { phase, halted, endsAtMs } = state;
  return {
    edition,
    gameDay: input.id,
    title: input.title,
    hypothesis: input.hypothesis,
    blastRadius: input.blastRadius,
    environment: input.environment.id,
    isRehearsal: input.mode === 'rehearsal',
    timeZone: input.timeZone,
    asOf: iso(nowMs),
    role,
    phase,
    now: nowOf(input, state),
    isPaused: state.pausedBy !== undefined,
    ...(halted === undefined
      ? {}
      : { halted: `${nameOf(halted.by)} halted everything at ${iso(halted.atMs)}: ${halted.reason}` }),
    ...(phase === 'experiment' ? { endsAt: iso(endsAtMs), timeLeftMs: Math.max(0, endsAtMs - nowMs) } : {}),
    preBrief: preBriefOf(input, state),
    stages: stagesOf(options),
    ...pendingOf(input, state),
    aggregates,
    faultSpans: faultSpansOf(entries),
    timeline: timelineOf(input, entries).slice(0, shownLines),
    ...(knownUntil === undefined ? {} : { changesKnownUntil: knownUntil }),
    offers: offersOf(input, state, accepting(options)),
  };
}

/** Whoever is known by the role alone may do what everybody in it may. */
const anybody = ({ input, role }: ViewOptions): Person =>
  input.mode === 'rehearsal' ? { proof: 'link', role, claimed: '' } : { proof: 'role', role };

function accepting(options: ViewOptions): (command: Command) => boolean {
  const { input, state, entries, nowMs, person = anybody(options) } = options;
  return (command) => {
    try {
      // What is so already is not refused, and is nothing to offer either.
      return decide({ input, state, entries, person, nowMs }, command).length > 0;
    } catch (refused) {
      if (refused instanceof SteadfastError) return false;
      throw refused;
    }
  };
}

const preBriefOf = (input: GameDayInput, { checked }: GameDayState): GameDayView['preBrief'] =>
  Object.entries(input.preBrief).map(([item, text]) => {
    const by = checked[item];
    return { item, text, ...(by === undefined ? {} : { doneBy: nameOf(by) }) };
  });

function stagesOf({ input, state, entries, nowMs }: ViewOptions): GameDayView['stages'] {
  const predictions = predictionsOf(input, entries);
  const { attempts } = alertsOf(input, entries, nowMs);
  return input.stages.map(({ number, title }) => {
    const own = state.stages.find((one) => one.number === number);
    const last = own?.attempts.at(-1);
    return {
      number,
      title,
      status: own?.status ?? 'later',
      ...(last?.verdict === undefined ? {} : { verdict: last.verdict }),
      ...(last?.summary === undefined ? {} : { summary: last.summary }),
      attempts: own?.attempts.length ?? 0,
      predictions: predictions
        .filter(({ stage }) => stage === number)
        .map(({ name, says, outcome }) => ({ name, says, outcome })),
      alerts: attempts.filter(({ stage, counts }) => stage === number && counts).flatMap(alertsShown),
    };
  });
}

const alertsShown = ({ expected, unexpected }: AttemptAlerts): GameDayView['stages'][number]['alerts'] => [
  ...expected.map(({ name, alarm, status, text }) => ({ name, alarm, status, text })),
  ...unexpected.map(({ alarm, reason, fireSeconds = 0 }) => ({
    name: alarm,
    alarm,
    status: 'unexpected' as const,
    text: `fired ${lengthOf(fireSeconds * 1_000)} after the fault began: ${reason}`,
  })),
];

/** What still waits for an answer. */
function pendingOf(input: GameDayInput, { pending }: GameDayState): Pick<GameDayView, 'pending'> {
  if (pending === undefined || pending.approvedBy !== undefined || pending.refusedBy !== undefined) return {};
  const { id, proposal, asked, proposedBy, approvers } = pending;
  return {
    pending: {
      id,
      title: proposalTitle(proposal, input),
      lines: asked?.lines ?? [],
      ...(asked === undefined ? {} : { hash: asked.hash, expiresAt: iso(asked.expiresAtMs) }),
      proposedBy: nameOf(proposedBy),
      approvers,
    },
  };
}
