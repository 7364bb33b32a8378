import { h, type Piece } from './tree.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than all else of a page. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** The time of day in the people's time zone: `14:03:05`. */
export const timeOfDay = (atMs: number, timeZone: string): string => formatIn(timeZone).format(atMs);

/** A time as people there read it; in UTC for whoever points at it. */
export function timeTag(iso: string, timeZone: string): Piece {
  const atMs = Date.parse(iso);
  const utc = `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return h('time', { datetime: iso, title: utc }, timeOfDay(atMs, timeZone));
}

/** What is left of a time, to the second: `1 h 05 min`, `12 min 04 s`, `9 s`, `none`. */
export function leftInWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (number: number): string => String(number).padStart(2, '0');
  if (seconds === 0) return 'none';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} min`;
}

/** What is left until `iso`, counted from when the view was true: only the server's times are compared with each other. */
export const leftUntil = (iso: string, asOf: string, elapsedMs: number): string =>
  leftInWords(Date.parse(iso) - Date.parse(asOf) - elapsedMs);
