import type { ToleranceJudgement } from '../steady-state/judgement.ts';

export type Unit = ToleranceJudgement['unit'];

/** A number with about three digits that say something, and no trailing zeros: 0.0312, 4.1, 312, 1,240. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en', digits);
}

/** A latency: `4.1 ms`, `312 ms`, `1.24 s`. */
export function formatMs(ms: number): string {
  if (Math.abs(ms) >= 1_000) return `${formatNumber(ms / 1_000)} s`;
  return Math.abs(ms) >= 10 ? `${Math.round(ms)} ms` : `${formatNumber(Math.round(ms * 10) / 10)} ms`;
}

/** A share: `0%`, `0.03%`, `12.5%`. */
export const formatRatio = (ratio: number): string => `${formatNumber(Math.round(ratio * 1e5) / 1e3)}%`;

/** A length of time: `0.9 s`, `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0) return `-${formatSeconds(-seconds)}`;
  if (seconds < 99.95) return `${formatNumber(Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const parts =
    whole < 3_600
      ? [`${Math.floor(whole / 60)} min`, whole % 60 === 0 ? '' : `${whole % 60} s`]
      : [
          `${Math.floor(whole / 3_600)} h`,
          Math.floor((whole % 3_600) / 60) === 0 ? '' : `${Math.floor((whole % 3_600) / 60)} min`,
        ];
  return parts.filter(Boolean).join(' ');
}

/** A figure in the unit of its tolerance. */
export function formatIn(unit: Unit, value: number): string {
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 'ratio':
      return formatRatio(value);
    case 's':
      return formatSeconds(value);
    case 'items':
      return value === 1 ? '1 item' : `${formatNumber(value)} items`;
    case '':
      return formatNumber(value);
  }
}

/** What a measure is called in front of people; `p95` is its own name. */
export function measureName(tolerance: string): string {
  return tolerance === 'errorRate' ? 'errors' : tolerance;
}

/** A time as people read it: `2026-05-01 09:30:00 UTC`. */
export const formatTime = (iso: string): string =>
  `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** How long after the start of the run: `+12.3 s`, `+3 min 20 s`. */
export const formatOffset = (iso: string, startIso: string): string =>
  `+${formatSeconds((Date.parse(iso) - Date.parse(startIso)) / 1_000)}`;

/** `1 sample`, `2 samples`, `43,200 samples`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** A list as a sentence has it: `a`, `a and b`, `a, b and c`. */
export const inWords = (items: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);
