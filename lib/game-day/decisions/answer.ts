import { iso } from '../../run/iso.ts';
import { nameOf } from '../actor-name.ts';
import type { Entry, NewEntry } from '../entry.ts';
import { isSame, maySame } from '../other-person.ts';
import type { Pending } from '../state.ts';
import {
  type Asking,
  type Decision,
  namesOfRoles,
  needExperiment,
  needGo,
  needOpen,
  needRole,
  needUnpaused,
  refusal,
} from './asking.ts';
import { needTimeFor } from './propose.ts';

export const approve: Decision<'approve'> = (asking, { proposal: id, hash, note }) => {
  const { state, person, nowMs, input } = asking;
  if (wasAnsweredBy(asking, 'approved', id, hash)) return [];
  needOpen(asking);
  const pending = pendingOf(asking, id);
  needRole(asking, pending.approvers, 'approves that');
  if (maySame(pending.proposedBy, person, input.principals)) {
    throw refusal(
      'permission',
      `${nameOf(pending.proposedBy)} proposed it, so somebody else must approve it`,
      `ask another person in the role ${namesOfRoles(pending.approvers)}`,
    );
  }
  needUnanswered(asking, pending);
  const { asked } = pending;
  if (asked === undefined)
    throw refusal(
      'invalid',
      'its run is being admitted: there is nothing to approve yet',
      'look again in a moment',
    );
  if (nowMs >= asked.expiresAtMs)
    throw refusal('invalid', `it was to be approved until ${iso(asked.expiresAtMs)}`, 'propose it again');
  if (asked.hash !== hash) throw lookedAtAnother();
  switch (pending.proposal.what) {
    case 'go':
      needUnpaused(state);
      if (state.phase !== 'pre-brief') needExperiment(asking);
      break;
    case 'stage':
      needExperiment(asking);
      needGo(asking);
      needTimeFor(asking, pending.proposal.stage);
      break;
    case 'extend':
      needExperiment(asking);
      needUnpaused(state);
  }
  return [answerOf('approved', asking, id, hash, note)];
};

export const refuse: Decision<'refuse'> = (asking, { proposal: id, hash, note }) => {
  const { person } = asking;
  if (wasAnsweredBy(asking, 'refused', id, hash)) return [];
  needOpen(asking);
  const pending = pendingOf(asking, id);
  // Whoever proposed it may take it back.
  if (!isSame(pending.proposedBy, person)) needRole(asking, pending.approvers, 'refuses that');
  needUnanswered(asking, pending);
  if (pending.asked !== undefined && pending.asked.hash !== hash) throw lookedAtAnother();
  return [answerOf('refused', asking, id, hash, note)];
};

const lookedAtAnother = () =>
  refusal('invalid', 'what you looked at is not what would be done now', 'look at it again, then decide');

const answerOf = (
  kind: 'approved' | 'refused',
  { person, nowMs }: Asking,
  proposal: string,
  hash: string,
  note: string | undefined,
): NewEntry => ({
  kind,
  at: iso(nowMs),
  by: person,
  proposal,
  hash,
  ...(note === undefined ? {} : { note }),
});

function needUnanswered(asking: Asking, { id, approvedBy, refusedBy }: Pending): void {
  if (approvedBy !== undefined || refusedBy !== undefined)
    throw refusal('busy', becameOf(asking.entries, id));
}

/** @throws SteadfastError that says what became of it, where it does not wait */
function pendingOf({ state, entries }: Asking, id: string): Pending {
  if (state.pending?.id === id) return state.pending;
  throw refusal('busy', becameOf(entries, id), 'look at what waits now');
}

/** The same person answers the same again: a button pressed twice, or a call that was repeated. */
const wasAnsweredBy = (
  { entries, person }: Asking,
  kind: 'approved' | 'refused',
  id: string,
  hash: string,
): boolean =>
  entries.some(
    (entry) =>
      entry.kind === kind && entry.proposal === id && entry.hash === hash && isSame(entry.by, person),
  );

/** What became of a proposal, and by whom. */
function becameOf(entries: readonly Entry[], id: string): string {
  const answers = entries.flatMap((entry) =>
    (entry.kind === 'approved' || entry.kind === 'refused' || entry.kind === 'expired') &&
    entry.proposal === id
      ? [entry]
      : [],
  );
  const [first] = answers;
  if (first?.kind === 'expired') return `nobody answered it until ${first.at}`;
  if (first !== undefined) return `${nameOf(first.by)} was quicker: it was ${first.kind} at ${first.at}`;
  const proposed = entries.some((entry) => entry.kind === 'proposed' && entry.id === id);
  return proposed ? 'it waits no longer' : `nothing called '${id}' was proposed`;
}
