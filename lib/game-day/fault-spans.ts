import type { Entry, EntryOf } from './entry.ts';

/** A time in which a fault was under way; one without an end still is. */
export interface FaultSpan {
  readonly beganAt: string;
  readonly endedAt?: string;
}

/** When faults were under way, run by run. */
export const faultSpansOf = (entries: readonly Entry[]): readonly FaultSpan[] =>
  entries.flatMap((entry) => (entry.kind === 'launched' ? spansOfRun(entry.runId, entries) : []));

function spansOfRun(runId: string, entries: readonly Entry[]): readonly FaultSpan[] {
  const own = entries.filter((entry) => 'runId' in entry && entry.runId === runId);
  const lines = own.flatMap((entry) => (entry.kind === 'run' ? [entry] : []));
  const times = (what: EntryOf<'run'>['what']) =>
    lines.flatMap((line) => (line.what === what ? [line.at] : [])).toSorted();
  const ended = own.flatMap((entry) => (entry.kind === 'ended' ? [entry] : []))[0];
  const ends = times('fault-ended');
  const begins = times('fault-began');
  if (begins.length === 0 && ended?.faultBeganAt !== undefined) begins.push(ended.faultBeganAt);
  return begins.map((beganAt, index) => {
    // The end of a run is the latest that its last fault can have ended.
    const endedAt = ends[index] ?? ended?.faultEndedAt ?? ended?.at;
    return endedAt === undefined ? { beganAt } : { beganAt, endedAt };
  });
}
