import { isTimeZone } from '../../experiment/time-zone.ts';
import { type CronFieldKind, cronFieldKinds, cronNumbers, cronText, weekdays } from './cron-field.ts';
import { goDurationMs } from './go-duration.ts';

/** When something starts, in EventBridge Scheduler's words. */
export interface Scheduled {
  /** `cron(...)` or `rate(...)`. */
  readonly expression: string;
  /** Of a `rate(...)`: from one start to the next. */
  readonly intervalMs?: number;
  /** What differs from the source. */
  readonly differs?: string;
  /** Where the source says it; else it is the controller's, which nobody can read from the manifest. */
  readonly timeZone?: string;
}

const minuteMs = 60_000;
const longestMs = 366 * 24 * 60 * minuteMs;

/** What the controller's cron library calls by a name (robfig/cron, "Predefined schedules"). */
const predefined: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * A schedule of Chaos Mesh for EventBridge Scheduler: five fields, six with the seconds first, names such as `@daily`, or
 * `@every 1h`. What EventBridge cannot do comes back as a sentence without a full stop.
 */
export function scheduleExpression(text: string): Scheduled | { readonly problem: string } {
  const [, timeZone, rest = ''] = /^\s*(?:(?:CRON_)?TZ=(\S+)\s+)?([\s\S]*?)\s*$/.exec(text) ?? [];
  if (timeZone !== undefined && !isTimeZone(timeZone)) return { problem: 'names no IANA time zone' };
  const every = /^@every\s+(\S+)$/.exec(rest)?.[1];
  const made =
    every === undefined
      ? cronOf(Object.hasOwn(predefined, rest) ? (predefined[rest] ?? '') : rest)
      : rateOf(every);
  return 'problem' in made || timeZone === undefined ? made : { ...made, timeZone };
}

function rateOf(every: string): Scheduled | { readonly problem: string } {
  const ms = goDurationMs(every);
  if (ms === undefined || ms <= 0) return { problem: 'is no interval, such as @every 1h' };
  if (ms < minuteMs) return { problem: 'starts more often than once a minute, and EventBridge does not' };
  if (ms > longestMs) return { problem: 'is rarer than once a year' };
  const minutes = Math.ceil(ms / minuteMs);
  const intervalMs = minutes * minuteMs;
  const expression = rate(minutes);
  if (intervalMs === ms) return { expression, intervalMs };
  return {
    expression,
    intervalMs,
    differs: 'EventBridge counts whole minutes: it starts a little less often',
  };
}

function rate(minutes: number): string {
  const [value, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute'];
  return `rate(${value} ${unit}${value === 1 ? '' : 's'})`;
}

const { second, minute, hour, dayOfMonth, month, dayOfWeek } = cronFieldKinds;

function cronOf(text: string): Scheduled | { readonly problem: string } {
  const parts = text.split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6)
    return { problem: 'is no cron expression: it has neither five fields nor six' };
  const fields = parts.length === 6 ? parts : ['0', ...parts];
  const kinds: readonly CronFieldKind[] = [second, minute, hour, dayOfMonth, month, dayOfWeek];
  const numbers = kinds.map((kind, index) => cronNumbers(fields[index] ?? '', kind));
  const wrong = kinds.find((_, index) => numbers[index] === undefined);
  if (wrong !== undefined)
    return { problem: `is no cron expression: its field of the ${wrong.name} cannot be read` };
  const [seconds = [], minutes = [], hours = [], days = [], months = [], onDays = []] = numbers;
  return written({ seconds, minutes, hours, days, months, onDays });
}

interface Fields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly onDays: readonly number[];
}

function written(fields: Fields): Scheduled | { readonly problem: string } {
  const { seconds, minutes, hours, days, months, onDays } = fields;
  if (seconds.length > 1)
    return { problem: 'starts more often than once a minute, and EventBridge does not' };
  const [date, weekday] = [cronText(days, dayOfMonth), cronText(onDays, dayOfWeek, weekdays)];
  if (date !== '*' && weekday !== '*') {
    return {
      problem:
        'names days of the month and days of the week, which for Chaos Mesh means either, and EventBridge takes only one of them',
    };
  }
  if (neverComes(days, months)) return { problem: 'never comes: no such month has that day' };
  const when = [cronText(minutes, minute), cronText(hours, hour)];
  const on = weekday === '*' ? [date, cronText(months, month), '?'] : ['?', cronText(months, month), weekday];
  const expression = `cron(${[...when, ...on, '*'].join(' ')})`;
  if (seconds[0] === 0) return { expression };
  return { expression, differs: 'EventBridge starts at whole minutes: the second is left out' };
}

/** The most days that a month has, in a leap year. */
const lastDay = (month: number): number => new Date(Date.UTC(2024, month, 0)).getUTCDate();

const neverComes = (days: readonly number[], months: readonly number[]): boolean =>
  Math.min(...days) > Math.max(...months.map(lastDay));
