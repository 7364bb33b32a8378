import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { offsetMs } from '../../plan/zone-offset.ts';

/** A month of a time zone's calendar: `2026-11`, and between which instants it lies, in milliseconds since 1970. */
export interface Month {
  readonly month: string;
  readonly timeZone: string;
  readonly fromMs: number;
  /** The first instant of the next month. */
  readonly toMs: number;
}

/** The instant at which a day begins by the clocks of a zone; a second look finds it where they are changed on that day. */
function beginningOf(year: number, monthIndex: number, timeZone: string): number {
  const wallMs = Date.UTC(year, monthIndex, 1);
  const guessMs = wallMs - offsetMs(timeZone, wallMs);
  return wallMs - offsetMs(timeZone, guessMs);
}

/** So many months after `month`, or before it. */
const stepped = (month: string, by: number): { readonly year: number; readonly index: number } => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = new Date(Date.UTC(year, number - 1 + by, 1));
  return { year: first.getUTCFullYear(), index: first.getUTCMonth() };
};

/** A month, with its bounds. */
export function monthOf(month: string, timeZone: string): Month {
  const [here, next] = [stepped(month, 0), stepped(month, 1)];
  return {
    month,
    timeZone,
    fromMs: beginningOf(here.year, here.index, timeZone),
    toMs: beginningOf(next.year, next.index, timeZone),
  };
}

export function monthBefore({ month, timeZone }: Month): Month {
  const { year, index } = stepped(month, -1);
  return monthOf(`${year}-${String(index + 1).padStart(2, '0')}`, timeZone);
}

/** The month that an instant lies in, by the clocks of a zone. */
export const monthAt = (atMs: number, timeZone: string): Month =>
  monthOf(new Date(atMs + offsetMs(timeZone, atMs)).toISOString().slice(0, 7), timeZone);

/**
 * The month that is asked for; without one, the last that is over.
 *
 * @throws SteadfastError `usage` for what is no month, or has not begun
 */
export function askedMonth(asked: string | undefined, timeZone: string, nowMs: number): Month {
  if (asked === undefined) return monthBefore(monthAt(nowMs, timeZone));
  if (!/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(asked)) {
    throw new SteadfastError('usage', `'${asked}' is no month`, {
      hint: 'write a year and a month, such as 2026-11',
    });
  }
  const month = monthOf(asked, timeZone);
  if (month.fromMs <= nowMs) return month;
  throw new SteadfastError('usage', `${asked} has not begun: there is nothing to report of it`, {
    hint: `the month that goes on is ${monthAt(nowMs, timeZone).month}`,
  });
}

/** `November 2026`. */
export const monthName = ({ month }: Pick<Month, 'month'>): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** The days of people, by the clocks of a zone: `3 November`. */
export function dayWords(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone });
  return (iso) => format.format(new Date(iso));
}
