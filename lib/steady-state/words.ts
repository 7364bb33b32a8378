import type { ToleranceJudgement } from './judgement.ts';

/** Milliseconds as seconds for people: `3.2 s`. */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

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
