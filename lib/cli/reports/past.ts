import type { PastRun } from '../../report/over-time/past-run.ts';
import type { Unreadable } from '../../report/over-time/unreadable.ts';

/** The runs of a time, and what there is of others that could not be read. */
export interface Past {
  readonly runs: readonly PastRun[];
  readonly unreadable: readonly Unreadable[];
  /** What else could not be found out, as sentences. */
  readonly unknown: readonly string[];
}

/** From when to when runs began, in milliseconds since 1970; half-open. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
