import { hashOf } from '../../plan/hash.ts';
import { iso } from '../../run/iso.ts';
import { duration } from '../../steady-state/words.ts';
import { nameOf } from '../actor-name.ts';
import type { Proposal } from '../command.ts';
import type { EntryOf, NewEntry } from '../entry.ts';
import { isSame } from '../other-person.ts';
import { didHold } from '../stage-states.ts';
import type { Pending } from '../state.ts';
import { titleOf } from '../title.ts';
import {
  type Asking,
  type Decision,
  needExperiment,
  needGo,
  needOpen,
  needRole,
  needUnpaused,
  refusal,
} from './asking.ts';

/**
 * An execution of the machine keeps 25,000 events (Step Functions quotas); with a look every 15 seconds for four hours and each minute
 * after that, a day fits twice.
 */
const longestDayMs = 24 * 3_600_000;

export const propose: Decision<'propose'> = (asking, { proposal }) => {
  const { input, state, person, nowMs } = asking;
  needRole(asking, ['operator'], 'proposes');
  needOpen(asking);
  const { pending } = state;
  const isGone = pending !== undefined && hasExpired(pending, nowMs);
  if (pending !== undefined && !isGone) {
    const isAgain = isSame(pending.proposedBy, person) && hashOf(pending.proposal) === hashOf(proposal);
    if (isAgain) return [];
    throw refusal(
      'busy',
      `${nameOf(pending.proposedBy)} proposed at ${iso(pending.proposedAtMs)}: ${titleOf(pending.proposal, input)}. One thing is decided at a time`,
      pending.runId === undefined ? 'have it answered first' : 'wait until its run has ended',
    );
  }
  mayPropose(asking, proposal);
  const gone: readonly NewEntry[] = isGone
    ? [{ kind: 'expired', at: iso(nowMs), by: { proof: 'steadfast' }, proposal: pending.id }]
    : [];
  const number = state.entries + gone.length + 1;
  const asked = askedOf(asking, proposal);
  return [
    ...gone,
    {
      kind: 'proposed',
      at: iso(nowMs),
      by: person,
      // The log takes one entry of a number, so no other proposal has this name.
      id: `${proposal.what === 'stage' ? `stage-${proposal.stage}` : proposal.what}-${number}`,
      proposal,
      ...(asked === undefined ? {} : { asked }),
    },
  ];
};

/** Nobody answered in time, and no run waits on for it. */
export const hasExpired = ({ asked, runId }: Pending, nowMs: number): boolean =>
  runId === undefined && asked !== undefined && nowMs >= asked.expiresAtMs;

function mayPropose(asking: Asking, proposal: Proposal): void {
  switch (proposal.what) {
    case 'go':
      mayProposeGo(asking);
      break;
    case 'stage':
      mayProposeStage(asking, proposal.stage);
      break;
    case 'extend':
      mayExtend(asking, proposal.byMs);
  }
}

function mayProposeGo(asking: Asking): void {
  const { input, state } = asking;
  needUnpaused(state);
  if (state.phase !== 'pre-brief') {
    needExperiment(asking);
    if (state.isGo) throw refusal('invalid', 'it is go already', 'propose a stage');
    return;
  }
  const missing = Object.keys(input.preBrief).filter((item) => state.checked[item] === undefined);
  if (missing.length > 0)
    throw refusal(
      'invalid',
      `the pre-brief is not seen to: ${missing.map((item) => input.preBrief[item]).join('; ')}`,
      'see to each item and check it',
    );
  if (asking.nowMs >= state.endsAtMs)
    throw refusal('invalid', `nobody gave go until ${iso(state.endsAtMs)}: this game day is over`);
}

function mayProposeStage(asking: Asking, number: number): void {
  const { input, state } = asking;
  needExperiment(asking);
  needGo(asking);
  if (!state.isGo) throw refusal('invalid', 'it is not go', 'propose go');
  const stage = input.stages.find((one) => one.number === number);
  if (stage === undefined)
    throw refusal('invalid', `there is no stage ${number}: the last one is ${input.stages.length}`);
  const before = state.stages.find((one) => one.number < number && !didHold(one));
  if (before !== undefined)
    throw refusal(
      'invalid',
      `stage ${number} is offered once stage ${before.number} has held`,
      `propose stage ${before.number}`,
    );
  if (state.stages.some((one) => one.number === number && didHold(one)))
    throw refusal('invalid', `stage ${number} has held`, 'propose the next one, or finish');
  needTimeFor(asking, number);
}

/** @throws SteadfastError where the run of a stage could last longer than the experiment may */
export function needTimeFor({ input, state, nowMs }: Asking, number: number): void {
  const longestMs = input.stages.find((one) => one.number === number)?.longestMs ?? 0;
  const leftMs = state.endsAtMs - nowMs;
  if (longestMs <= leftMs) return;
  throw refusal(
    'invalid',
    `stage ${number} may take ${duration(longestMs)}, and the experiment ends in ${duration(Math.max(0, leftMs))}`,
    'propose that it lasts longer first',
  );
}

function mayExtend(asking: Asking, byMs: number): void {
  needExperiment(asking);
  needUnpaused(asking.state);
  const { beganAtMs, endsAtMs } = asking.state;
  if (endsAtMs + byMs - beganAtMs > longestDayMs)
    throw refusal('invalid', `a game day lasts ${duration(longestDayMs)} at most`, 'extend it by less');
}

/** What is asked of whoever approves; of a stage that is known only when its run has been admitted. */
function askedOf({ input, state, nowMs }: Asking, proposal: Proposal): EntryOf<'asked'>['asked'] | undefined {
  const expiresAt = iso(nowMs + input.times.approvalMs);
  switch (proposal.what) {
    case 'go':
      return { hash: input.hash, lines: linesOfGo({ input, state, nowMs }), expiresAt };
    case 'extend': {
      const from = iso(state.endsAtMs);
      const until = iso(state.endsAtMs + proposal.byMs);
      const lines = [`The experiment ends at ${until} instead of ${from}.`];
      return { hash: hashOf({ gameDay: input.hash, from, until }), lines, expiresAt };
    }
    case 'stage':
      return undefined;
  }
}

function linesOfGo({ input, state, nowMs }: Pick<Asking, 'input' | 'nowMs' | 'state'>): string[] {
  const { environment, stages, hypothesis, blastRadius, times } = input;
  const untilMs = state.phase === 'pre-brief' ? nowMs + times.experimentMs : state.endsAtMs;
  return [
    `In ${environment.id}${environment.production ? ', which is production' : ''}, until about ${iso(untilMs)}.`,
    `Hypothesis: ${hypothesis}`,
    `Blast radius: ${blastRadius}`,
    ...stages.map(
      ({ number, title, longestMs }) => `Stage ${number}: ${title}, up to ${duration(longestMs)}.`,
    ),
    ...(state.halted === undefined ? [] : [`It was halted: ${state.halted.reason}`]),
  ];
}
