import type { ParseArgsOptionsConfig } from 'node:util';

/** What was asked for on the command line beside the benchmark's name. */
export type Asked = Readonly<Record<string, string | boolean | undefined>>;

/** One benchmark: measures something in one run and compares it with something else in the same run. */
export interface Benchmark {
  readonly name: string;
  /** One line for `npm run bench`. */
  readonly title: string;
  /** Options that it takes beside `--json`. */
  readonly options?: ParseArgsOptionsConfig;
  /** Tells progress; the result is one document with numbers under stable names. */
  run(tell: (text: string) => void, asked: Asked): Promise<Readonly<Record<string, unknown>>>;
}

/** The middle one of several numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The number that a share `q` of several does not exceed. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
