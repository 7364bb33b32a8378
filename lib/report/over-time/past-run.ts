import type { RunRecord } from '../../run/run-record.ts';

/** A run that has ended, with as much of its journal as could be read. */
export interface PastRun extends RunRecord {
  readonly title?: string | undefined;
  /** What times were multiplied by. */
  readonly pace?: number | undefined;
  /** How to mend what its verdict rests on. */
  readonly hint?: string | undefined;
  /** When something was missed: the probes that saw nothing of it. */
  readonly blind?: readonly string[] | undefined;
}

/** What a run says of the system: that it held, that it did not, nothing (it was too short, or ended early), or it never got that far. */
export type Bearing = 'held' | 'not-held' | 'open' | 'not-run';

export function bearingOf({ verdict }: Pick<RunRecord, 'verdict'>): Bearing {
  switch (verdict) {
    case 'held':
      return 'held';
    case 'deviated':
    case 'unrecovered':
      return 'not-held';
    case 'inconclusive':
    case 'halted':
      return 'open';
    case 'rejected':
    case 'errored':
      return 'not-run';
  }
}

/** How many runs say what. */
interface Counts {
  readonly runs: number;
  readonly experiments: number;
  readonly held: number;
  readonly notHeld: number;
  readonly open: number;
  readonly notRun: number;
}

export function countsOf(runs: readonly Pick<RunRecord, 'verdict' | 'experiment'>[]): Counts {
  const of = (bearing: Bearing) => runs.filter((run) => bearingOf(run) === bearing).length;
  return {
    runs: runs.length,
    experiments: new Set(runs.map(({ experiment }) => experiment)).size,
    held: of('held'),
    notHeld: of('not-held'),
    open: of('open'),
    notRun: of('not-run'),
  };
}

/** The oldest first. */
export const inOrder = <T extends Pick<RunRecord, 'start'>>(runs: readonly T[]): T[] =>
  runs.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));

/** When a run began, in milliseconds since 1970. */
export const startMsOf = ({ start }: Pick<RunRecord, 'start'>): number => Date.parse(start);
