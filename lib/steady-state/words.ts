import type { Interval, ToleranceJudgement } from './judgement.ts';

/** Milliseconds as seconds for people: `3.2 s`. */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** How long something lasted, and that it may not: `2.04 s, longer than the 2.00 s it may be`, with digits enough to tell the two apart. */
export function longer(lastedMs: number, allowedMs: number): string {
  const digits = seconds(lastedMs) === seconds(allowedMs) ? 3 : 1;
  const text = (ms: number) => `${(ms / 1_000).toFixed(digits)} s`;
  return `${text(lastedMs)}, longer than the ${text(allowedMs)} it may be`;
}

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** A quantity with its unit for people: `12.3 ms`, `0.4 %`, `1.20 s`, `no answer` for what never came. */
export function amount(value: number | undefined, unit: ToleranceJudgement['unit']): string {
  if (value === undefined) return 'nothing seen';
  if (!Number.isFinite(value)) return 'no answer';
  switch (unit) {
    case 'ratio':
      return `${(100 * value).toFixed(value < 0.1 ? 2 : 1)} %`;
    case 'items':
      return `${value} items`;
    case '':
      return rounded(value);
    case 'ms':
    case 's':
      return `${rounded(value)} ${unit}`;
  }
}

/** Where the truth lies, for people: ` (surely between 1.2 % and 3.4 %)`; nothing where there is no bound. */
export function between(interval: Interval | undefined, unit: ToleranceJudgement['unit']): string {
  const { low, high } = interval ?? {};
  if (low !== undefined && low > 0 && high !== undefined)
    return ` (surely between ${amount(low, unit)} and ${amount(high, unit)})`;
  if (high !== undefined) return ` (surely below ${amount(high, unit)})`;
  return low === undefined || low <= 0 ? '' : ` (surely above ${amount(low, unit)})`;
}

/** A share for people: `0.12 %`. */
export const percent = (share: number): string => amount(share, 'ratio');

/** A length of time for people: `640 ms`, `12 s`, `9 min`, `1 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.ceil(ms)} ms`;
  if (ms < 120_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How often something is asked: `20/s`. */
export const shownRate = (intervalMs: number): string =>
  intervalMs <= 1_000 ? `${Number((1_000 / intervalMs).toFixed(1))}/s` : `every ${duration(intervalMs)}`;
