import { parseDuration } from '../../fis/quantity.ts';

/** A duration as a definition writes it, in the largest unit that stays exact: 2000 becomes `2s`. Undefined where it is none. */
export function durationText(ms: number): string | undefined {
  const whole = Math.round(ms * 1_000) / 1_000;
  if (whole === 0) return '0s';
  const unit = units.find(([, length]) => whole % length === 0) ?? units.at(-1);
  if (unit === undefined || !Number.isFinite(whole)) return undefined;
  const text = `${whole / unit[1]}${unit[0]}`;
  return parseDuration(text) === undefined ? undefined : text;
}

const units = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** Milliseconds of a number of seconds, or of a text that is one; undefined for anything else, and for what is not above 0. */
export function msOfSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

const longUnits: Readonly<Record<string, string>> = {
  milliseconds: 'ms',
  millisecond: 'ms',
  msec: 'ms',
  seconds: 's',
  second: 's',
  sec: 's',
  minutes: 'm',
  minute: 'm',
  min: 'm',
  hours: 'h',
  hour: 'h',
};

/** Milliseconds of a text such as `500ms` or `0.5 s`, or of a bare number of milliseconds; undefined for anything else. */
export function msOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  // No length of time is written longer.
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(value) ?? [];
  const word = unit.toLowerCase();
  return parseDuration(`${number}${longUnits[word] ?? (word || 'ms')}`)?.ms;
}
