import { nameOf, roleTitles } from './actor-name.ts';
import type { GameDayInput } from './input.ts';
import type { GameDayState, Pending } from './state.ts';
import { proposalTitle, stageTitle } from './words.ts';

/** Several roles as a sentence names those of whom one suffices. */
const anyOf = (roles: Pending['approvers']): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(roles.map((role) => roleTitles[role]));

/** What goes on and what is waited for, in one sentence. */
export function nowOf(input: GameDayInput, state: GameDayState): string {
  const sentence = whatGoesOn(input, state);
  return state.pausedBy === undefined ? sentence : `Paused by ${nameOf(state.pausedBy)}. ${sentence}`;
}

function whatGoesOn(input: GameDayInput, state: GameDayState): string {
  const { phase, pending, halted } = state;
  if (pending !== undefined) return waitingFor(pending, input);
  switch (phase) {
    case 'pre-brief': {
      const open = Object.keys(input.preBrief).filter((item) => state.checked[item] === undefined).length;
      if (open === 0) return 'The pre-brief is done: the operator proposes that the experiment begins.';
      return `The pre-brief: ${open} of ${Object.keys(input.preBrief).length} items are to be seen to.`;
    }
    case 'experiment': {
      if (halted !== undefined)
        return `Halted by ${nameOf(halted.by)}: nothing runs until another go is approved, or the experiment is ended.`;
      return betweenStages(input, state);
    }
    case 'retrospective':
      return 'The retrospective: say what was seen, note what was learnt, and draft it.';
    case 'closed':
      return 'The game day is closed.';
  }
}

function betweenStages(input: GameDayInput, { stages }: GameDayState): string {
  const failed = stages.findLast(({ status }) => status === 'failed');
  if (failed !== undefined)
    return `The last attempt at ${stageTitle(failed.number, input)} did not hold: propose another one, or end the experiment.`;
  const running = stages.find(({ status }) => status === 'running');
  if (running !== undefined) return `${capital(stageTitle(running.number, input))} runs.`;
  const offered = stages.find(({ status }) => status === 'offered');
  if (offered !== undefined) return `${capital(stageTitle(offered.number, input))} can be proposed.`;
  return stages.every(({ status }) => status === 'held')
    ? 'Every stage held: the experiment can be ended.'
    : 'No stage is offered now.';
}

function waitingFor(
  { proposal, proposedBy, approvers, asked, approvedBy, refusedBy, runId }: Pending,
  input: GameDayInput,
) {
  const what = proposalTitle(proposal, input);
  if (refusedBy !== undefined) return `${nameOf(refusedBy)} refused ${what}; its run ends.`;
  if (approvedBy !== undefined) return `${capital(what)} runs, approved by ${nameOf(approvedBy)}.`;
  if (asked === undefined)
    return `${nameOf(proposedBy)} proposed ${what}; ${runId === undefined ? 'its run is about to start' : 'its run is being admitted'}.`;
  return `${nameOf(proposedBy)} proposed ${what}; somebody else who is ${anyOf(approvers)} approves or refuses it.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
