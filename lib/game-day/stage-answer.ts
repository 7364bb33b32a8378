import type { ApprovalAnswer } from '../run/approvals.ts';
import { provenName } from './actor-name.ts';
import type { Entry } from './entry.ts';
import type { GameDayState } from './state.ts';

/** What the run of the stage that waits is to be told, by what is written in the log and by nothing else. */
export function answerOf(
  { pending }: GameDayState,
  entries: readonly Entry[],
): { readonly runId: string; readonly answer: ApprovalAnswer } | undefined {
  const { runId, asked } = pending ?? {};
  if (pending === undefined || runId === undefined || asked === undefined) return undefined;
  const wanted = pending.refusedBy === undefined ? 'approved' : 'refused';
  const entry = entries.findLast((one) => one.kind === wanted && one.proposal === pending.id);
  if (entry === undefined || (entry.kind !== 'approved' && entry.kind !== 'refused')) return undefined;
  const { kind, by, at, note } = entry;
  // Whoever refused before the run had asked looked at nothing: what is refused is what it asks now.
  const hash = kind === 'approved' ? entry.hash : asked.hash;
  if (hash !== asked.hash) return undefined;
  const answer = { answer: kind, hash, by: provenName(by), atMs: Date.parse(at) };
  return { runId, answer: note === undefined ? answer : { ...answer, note } };
}
