import { nameOf } from './actor-name.ts';
import type { Proposal } from './command.ts';
import type { Entry } from './entry.ts';
import type { GameDayInput } from './input.ts';
import { lengthOf } from './length.ts';

/** A stage as a sentence names it: `stage 1, "Payment is away"`. */
export function stageTitle(number: number, input: GameDayInput): string {
  const title = input.stages.find((stage) => stage.number === number)?.title;
  return title === undefined ? `stage ${number}` : `stage ${number}, "${title}"`;
}

/** What is proposed, behind `proposed` or `approved`: `that the experiment begins`. */
export function proposalTitle(proposal: Proposal, input: GameDayInput): string {
  switch (proposal.what) {
    case 'go':
      return 'that the experiment begins';
    case 'stage':
      return stageTitle(proposal.stage, input);
    case 'extend':
      return `that the experiment may last ${lengthOf(proposal.byMs)} longer`;
  }
}

/** What somebody added, as it stands behind a sentence. */
const said = (note: string | undefined): string => (note === undefined ? '' : `, saying "${note}"`);

const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

const resources = (names: readonly string[]): string => (names.length === 0 ? '' : ` of ${names.join(', ')}`);

/**
 * An entry as one plain sentence that says who. It quotes what people and systems wrote as it is: whoever shows it escapes it.
 * `before` are the entries that it may refer to; without them proposals and runs are named by their ids.
 */
export function lineOf(entry: Entry, input: GameDayInput, before: readonly Entry[] = []): string {
  const who = nameOf(entry.by);
  const proposal = (id: string): string => {
    const found = before.find((one) => one.kind === 'proposed' && one.id === id);
    return found?.kind === 'proposed' ? proposalTitle(found.proposal, input) : `proposal ${id}`;
  };
  const run = (runId: string): string => {
    const found = before.find((one) => one.kind === 'launched' && one.runId === runId);
    return found?.kind === 'launched' ? `stage ${found.stage}, attempt ${found.attempt}` : `run ${runId}`;
  };
  const item = (name: string): string => `"${input.preBrief[name] ?? name}"`;
  switch (entry.kind) {
    case 'began':
      return `${who} began the game day "${input.title}" in ${input.environment.id}.`;
    case 'checked':
      return entry.done
        ? `${who} has seen to ${item(entry.item)}.`
        : `${who} took back that ${item(entry.item)} was seen to.`;
    case 'proposed':
      return `${who} proposed ${proposalTitle(entry.proposal, input)}.`;
    case 'launched':
      return `${who} started the run ${entry.runId} of ${stageTitle(entry.stage, input)}, attempt ${entry.attempt}.`;
    case 'asked':
      return `${who} asks for an approval of what ${run(entry.runId)} would do (${entry.asked.hash.slice(0, 12)}), until ${entry.asked.expiresAt}.`;
    case 'approved':
      return `${who} approved ${proposal(entry.proposal)}${said(entry.note)}.`;
    case 'refused':
      return `${who} refused ${proposal(entry.proposal)}${said(entry.note)}.`;
    case 'expired':
      return `${who} waited in vain for an approval of ${proposal(entry.proposal)}.`;
    case 'run':
      return `${who}, ${run(entry.runId)}: ${entry.text}`;
    case 'ended':
      return `${who} saw ${run(entry.runId)} end as ${entry.verdict}${entry.rejection === undefined ? '' : ` (${entry.rejection})`}: ${entry.summary}`;
    case 'alarm':
      return `${who} saw the alarm ${entry.alarm} go to ${entry.state}${because(entry.reason)}.`;
    case 'change':
      return `${who} learnt of a change by ${entry.who}: ${entry.event} (${entry.source})${resources(entry.resources)}.`;
    case 'changes-known':
      return `${who} knows of all changes until ${entry.until}; later ones may still be told.`;
    case 'note':
      return `${who} noted "${entry.text}".`;
    case 'observed':
      return `${who} saw of ${stageTitle(entry.stage, input)} that "${saysOf(entry.stage, entry.prediction, input)}" ${entry.outcome === 'as predicted' ? 'came as predicted' : 'did not come as predicted'}${said(entry.note)}.`;
    case 'paused':
      return `${who} paused the game day.`;
    case 'resumed':
      return `${who} resumed the game day.`;
    case 'halted':
      return `${who} halted everything${because(entry.reason)}. ${entry.stopped}`;
    case 'denied':
      return `${who} wanted to ${entry.wanted}, which was refused: ${entry.why}.`;
    case 'finished':
      return `${who} ended the experiment${because(entry.why)}.`;
    case 'closed':
      return `${who} closed the game day.`;
  }
}

const saysOf = (number: number, prediction: string, input: GameDayInput): string =>
  input.stages.find((stage) => stage.number === number)?.predictions[prediction]?.says ?? prediction;

/** Whether an entry is good news, bad news, or neither. */
export function toneOf(entry: Entry): 'plain' | 'good' | 'bad' {
  switch (entry.kind) {
    case 'halted':
    case 'denied':
    case 'expired':
    case 'refused':
      return 'bad';
    case 'approved':
      return 'good';
    case 'ended':
      return entry.verdict === 'held' ? 'good' : 'bad';
    case 'alarm':
      return entry.state === 'OK' ? 'good' : 'bad';
    case 'observed':
      return entry.outcome === 'as predicted' ? 'good' : 'bad';
    case 'run':
      return entry.what === 'halt' ? 'bad' : 'plain';
    case 'began':
    case 'checked':
    case 'proposed':
    case 'launched':
    case 'asked':
    case 'change':
    case 'changes-known':
    case 'note':
    case 'paused':
    case 'resumed':
    case 'finished':
    case 'closed':
      return 'plain';
  }
}
