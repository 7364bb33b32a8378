import { iso } from '../../run/iso.ts';
import type { NewEntry } from '../entry.ts';
import { type Asking, type Decision, needOpen, needRole, refusal } from './asking.ts';

const base = ({ person, nowMs }: Asking) => ({ at: iso(nowMs), by: person });

export const check: Decision<'check'> = (asking, { item, done }) => {
  const { input, state } = asking;
  if (!Object.hasOwn(input.preBrief, item)) {
    const items = Object.keys(input.preBrief).join(', ');
    throw refusal('invalid', `the pre-brief has no item '${item}'`, `its items are ${items}`);
  }
  if (state.phase !== 'pre-brief') throw refusal('invalid', 'the pre-brief is over');
  // Go is proposed on what has been checked: what is taken back then must be heard, and is refused by refusing go.
  if (!done && state.pending !== undefined)
    throw refusal('busy', 'go was proposed on what is checked', 'refuse go first');
  if ((state.checked[item] !== undefined) === done) return [];
  return [{ kind: 'checked', ...base(asking), item, done }];
};

export const pause: Decision<'pause'> = (asking) => {
  needRole(asking, ['operator', 'onCall'], 'pauses it');
  needBeforeRetrospective(asking);
  return asking.state.pausedBy === undefined ? [{ kind: 'paused', ...base(asking) }] : [];
};

export const resume: Decision<'resume'> = (asking) => {
  needRole(asking, ['operator', 'onCall'], 'resumes it');
  needBeforeRetrospective(asking);
  return asking.state.pausedBy === undefined ? [] : [{ kind: 'resumed', ...base(asking) }];
};

/** The same person who presses it several times within seconds has halted it once. */
const sameHaltMs = 10_000;

/** What is written of a halt, which has been carried out by then: nothing keeps it from being written. */
export function haltEntries(
  asking: Asking,
  reason: string | undefined,
  stopped: string,
): readonly NewEntry[] {
  const { entries, person, nowMs } = asking;
  const last = entries.findLast((entry) => entry.kind === 'halted');
  const isAgain =
    last !== undefined &&
    asking.state.halted !== undefined &&
    JSON.stringify(last.by) === JSON.stringify(person) &&
    nowMs - Date.parse(last.at) < sameHaltMs;
  if (isAgain) return [];
  return [{ kind: 'halted', ...base(asking), reason: reason ?? 'no reason was given', stopped }];
}

/** First press: the retrospective begins. In the retrospective: the game day is closed. */
export const finish: Decision<'finish'> = (asking) => {
  const { state } = asking;
  needRole(asking, ['operator'], 'finishes it');
  if (state.phase === 'closed') return [];
  if (state.pending?.runId !== undefined)
    throw refusal('busy', `run ${state.pending.runId} is under way`, 'wait until it has ended, or halt it');
  return state.phase === 'retrospective'
    ? [{ kind: 'closed', ...base(asking) }]
    : [{ kind: 'finished', ...base(asking), why: 'the operator finished it' }];
};

function needBeforeRetrospective(asking: Asking): void {
  needOpen(asking);
  if (asking.state.phase === 'retrospective')
    throw refusal('invalid', 'the experiment is over: there is nothing to pause');
}
