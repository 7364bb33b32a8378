import { iso } from '../run/iso.ts';
import { alarmHistories, alarmName } from './alarm-history.ts';
import type { Entry, EntryOf, NewEntry } from './entry.ts';

const by = { proof: 'steadfast' } as const;

/** An alarm that has changed. */
export interface AlarmChange {
  readonly alarm: string;
  readonly state: EntryOf<'alarm'>['state'];
  readonly reason: string;
  readonly atMs: number;
}

/** Something that was changed in the account. */
export interface AccountChange {
  /** The same however often it is told. */
  readonly key: string;
  readonly atMs: number;
  readonly event: string;
  readonly source: string;
  readonly who: string;
  readonly resources: readonly string[];
}

const keysOf = (entries: readonly Entry[], kind: 'alarm' | 'change'): ReadonlySet<string> =>
  new Set(entries.flatMap((entry) => (entry.kind === kind && 'key' in entry ? [entry.key] : [])));

/** What is written of an alarm that has changed, once. */
export function alarmEntries(entries: readonly Entry[], told: AlarmChange): readonly NewEntry[] {
  const { alarm, state, reason, atMs } = told;
  const key = `${alarm}/${iso(atMs)}/${state}`;
  if (keysOf(entries, 'alarm').has(key)) return [];
  return [{ kind: 'alarm', at: iso(atMs), by, key, alarm, state, reason }];
}

/**
 * What is written of alarms as somebody has read them: each whose state the log does not have. Read again and again, it makes good for an
 * event that was lost, and tells how an alarm was before any fault.
 */
export function readingEntries(entries: readonly Entry[], read: readonly AlarmChange[]): readonly NewEntry[] {
  const histories = alarmHistories(entries);
  return read
    .filter(({ alarm, state, atMs }) => {
      const last = histories.get(alarmName(alarm))?.reads.at(-1);
      return last === undefined || (last.state !== state && last.atMs < atMs);
    })
    .flatMap((told) => alarmEntries(entries, told));
}

/** What Steadfast itself has to say, once. */
export function noteEntries(entries: readonly Entry[], text: string, atMs: number): readonly NewEntry[] {
  const isTold = entries.some(
    (entry) => entry.kind === 'note' && entry.by.proof === 'steadfast' && entry.text === text,
  );
  return isTold ? [] : [{ kind: 'note', at: iso(atMs), by, text }];
}

/** What is written of an edition whose machine is over though nobody closed it. */
export function deathEntries(entries: readonly Entry[], why: string, atMs: number): readonly NewEntry[] {
  if (entries.some(({ kind }) => kind === 'closed')) return [];
  const base = { at: iso(atMs), by };
  const isFinished = entries.some(({ kind }) => kind === 'finished');
  const text = `${why}; what it had begun is ended by the independent stop`;
  return [
    ...(isFinished ? [] : [{ kind: 'finished' as const, ...base, why: text }]),
    { kind: 'closed', ...base },
  ];
}

/** More changes than people read: a deployment of everything, or somebody's loop. What is beyond is in CloudTrail. */
const mostChanges = 400;

/** Looking every minute would fill the log with nothing else. */
const knownEveryMs = 5 * 60_000;

/** What is written of changes, each once, and until when they are known. `isLast`: nobody looks again. */
export function changeEntries(
  entries: readonly Entry[],
  found: {
    readonly changes: readonly AccountChange[];
    /** Whatever was changed before has been told. */
    readonly knownUntilMs: number;
    readonly isLast: boolean;
  },
): readonly NewEntry[] {
  const known = keysOf(entries, 'change');
  const fresh = found.changes.filter(({ key }) => !known.has(key)).toSorted((a, b) => a.atMs - b.atMs);
  const room = Math.max(0, mostChanges - known.size);
  const changes = fresh.slice(0, room).map(
    ({ key, atMs, event, source, who, resources }): NewEntry => ({
      kind: 'change',
      at: iso(atMs),
      by,
      key,
      event,
      source,
      who,
      resources: resources.slice(0, 10),
    }),
  );
  const beforeMs = knownUntilMs(entries);
  // The first mark says that changes are looked for, and where the gap begins.
  const step = beforeMs === undefined ? knownEveryMs : found.knownUntilMs - beforeMs;
  const isDue = step >= knownEveryMs || (found.isLast && step > 0);
  if (!isDue) return changes;
  const until = iso(found.knownUntilMs);
  return [...changes, { kind: 'changes-known', at: until, by, until }];
}

/** Until when changes are known; undefined where none have been looked for. */
export function knownUntilMs(entries: readonly Entry[]): number | undefined {
  const last = entries.findLast((entry) => entry.kind === 'changes-known');
  return last?.kind === 'changes-known' ? Date.parse(last.until) : undefined;
}
