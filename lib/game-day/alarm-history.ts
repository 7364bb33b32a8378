import type { Entry, EntryOf } from './entry.ts';

type AlarmState = EntryOf<'alarm'>['state'];

/** What was read of one alarm, in the order of time. */
export interface AlarmHistory {
  readonly alarm: string;
  readonly reads: readonly { readonly atMs: number; readonly state: AlarmState; readonly reason: string }[];
}

const arnOfAlarm = /^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/;

/** An alarm's own name: a definition may give its ARN where the log has the name. */
export const alarmName = (nameOrArn: string): string => arnOfAlarm.exec(nameOrArn)?.[1] ?? nameOrArn;

/** What the log tells of each alarm, in the order of time: what arrived late stands where it happened. */
export function alarmHistories(entries: readonly Entry[]): ReadonlyMap<string, AlarmHistory> {
  const found = entries.flatMap((entry) => (entry.kind === 'alarm' ? [entry] : []));
  const names = [...new Set(found.map(({ alarm }) => alarmName(alarm)))];
  return new Map(
    names.map((name) => [
      name,
      {
        alarm: name,
        reads: found
          .filter(({ alarm }) => alarmName(alarm) === name)
          .map(({ at, state, reason }) => ({ atMs: Date.parse(at), state, reason }))
          .toSorted((a, b) => a.atMs - b.atMs),
      },
    ]),
  );
}

/** The state of an alarm just before a time; undefined where nothing was read of it until then. */
export const stateBefore = ({ reads }: AlarmHistory, timeMs: number): AlarmState | undefined =>
  reads.findLast(({ atMs }) => atMs < timeMs)?.state;

/** Each time it went to ALARM, from the first time and before the second; one that was in ALARM before did not go there. */
export const firings = (history: AlarmHistory, fromMs: number, beforeMs: number) =>
  history.reads.filter(
    ({ state, atMs }, index) =>
      state === 'ALARM' && atMs >= fromMs && atMs < beforeMs && history.reads[index - 1]?.state !== 'ALARM',
  );

/** When it was clear again for good, before a time: a firing that clears and comes back is not clear. */
export function clearedAt({ reads }: AlarmHistory, firedAtMs: number, beforeMs: number): number | undefined {
  const since = reads.filter(({ atMs }) => atMs >= firedAtMs && atMs < beforeMs);
  const lastOther = since.findLastIndex(({ state }) => state !== 'OK');
  return since[lastOther + 1]?.atMs;
}
