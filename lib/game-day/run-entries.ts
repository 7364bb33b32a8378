import { iso } from '../run/iso.ts';
import { linesOfRequest } from './asked-lines.ts';
import type { NewEntry } from './entry.ts';
import { type Found, whyEnd, whyNever } from './found.ts';

const steadfast = { proof: 'steadfast' } as const;

/** What the run of the stage that waits has come to, as far as it is not written yet. */
export function runEntries(found: Found): readonly NewEntry[] {
  const { run, state, nowMs } = found;
  const { pending } = state;
  if (run === undefined || pending?.runId === undefined || pending.proposal.what !== 'stage') return [];
  const { runId, id } = pending;
  const { stage } = pending.proposal;
  const base = { at: iso(nowMs), by: steadfast };
  if (run.state === 'missing') {
    const summary = whyMissing(found);
    if (summary === undefined) return [];
    const verdict = found.launcher === undefined ? 'halted' : 'errored';
    return [{ kind: 'ended', ...base, runId, stage, verdict, summary, tolerances: {} }];
  }
  const lines = linesOf(found, runId);
  if (run.state === 'ended')
    return [...lines, { kind: 'ended', ...run.outcome, at: iso(run.endedAtMs), by: steadfast, runId, stage }];
  if (run.state !== 'waiting' || pending.asked !== undefined) return lines;
  const { request } = run;
  const asked = {
    hash: request.hash,
    lines: linesOfRequest(request),
    expiresAt: iso(request.expiresAtMs),
  };
  return [...lines, { kind: 'asked', ...base, proposal: id, runId, asked }];
}

/** Why a run that was to be started does not exist and never will; undefined while it may yet. */
function whyMissing(found: Found): string | undefined {
  if (found.launcher === 'later')
    return 'Its launcher came back, and there is no run: it could not be started.';
  // Of what the launcher has just told, or is about to, may be written a moment later.
  if (found.launcher !== undefined) return undefined;
  const why = whyNever(found);
  return why === undefined ? undefined : `It was never started: ${why}.`;
}

/** Lines of the run's own timeline that are not in the log, and that it is being ended, once. */
function linesOf(found: Found, runId: string): readonly NewEntry[] {
  const { run, entries, nowMs } = found;
  if (run === undefined || run.state === 'missing') return [];
  const known = new Set(entries.flatMap((entry) => (entry.kind === 'run' ? [entry.key] : [])));
  const why = whyEnd(found);
  const own =
    why === undefined
      ? []
      : [{ key: `${runId}/ending`, atMs: nowMs, what: 'halt' as const, text: `It is being ended: ${why}.` }];
  return [...run.lines, ...own]
    .filter(({ key }) => !known.has(key))
    .map(({ key, atMs, what, text }) => ({
      kind: 'run',
      at: iso(atMs),
      by: steadfast,
      key,
      runId,
      what,
      text,
    }));
}
