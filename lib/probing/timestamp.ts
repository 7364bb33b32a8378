import type { Json } from '../experiment/json-path/values.ts';

/** ISO 8601 with its zone, as RFC 3339 has it; the T may be a blank, as databases write it. */
const iso = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|z|[+-]\d{2}(:?\d{2})?)$/;
/** The dates of HTTP headers (RFC 9110, 5.6.7), in the form that is sent today. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const number = /^\d+(\.\d+)?$/;

/** Seconds since 1970 stay below this for 30,000 years; milliseconds have been beyond it since 2001. */
const firstMilliseconds = 1e12;

/**
 * The milliseconds since 1970 of a timestamp: ISO 8601 with its zone, an HTTP date, or seconds or milliseconds since 1970.
 * Undefined for anything else: a time without a zone could be hours off, which is no age to judge by.
 */
export function timestampMs(value: Json): number | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && number.test(value))) {
    const count = Number(value);
    return count < firstMilliseconds ? count * 1_000 : count;
  }
  if (typeof value !== 'string') return undefined;
  const isIso = iso.test(value);
  if (!isIso && !httpDate.test(value)) return undefined;
  const ms = Date.parse(isIso ? strict(value) : value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** In the one form that every engine reads alike: `2026-05-01 09:30:00,5+02` becomes `2026-05-01T09:30:00.5+02:00`. */
const strict = (text: string): string =>
  text
    .toUpperCase()
    .replace(/^(\S{10}) /, '$1T')
    .replace(' ', '')
    .replace(',', '.')
    .replace(/([+-]\d{2})$/, '$1:00')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
