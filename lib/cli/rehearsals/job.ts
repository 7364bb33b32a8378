import type { LoadedExperiment } from '../../definitions/load-definition.ts';
import type { Verdict } from '../../experiment/verdict.ts';
import type { Journal } from '../../run/journal.ts';
import type { Failure } from './messages.ts';
import type { Ended } from './start-rehearsal.ts';

/** One rehearsal of many. */
export interface Job {
  readonly experiment: LoadedExperiment;
  /** Which time it is rehearsed, from 1; absent where each is rehearsed once. */
  readonly time?: number;
  readonly seed: number;
  readonly runId: string;
  readonly out: string;
}

/** What a job is called in front of people. */
export const nameOf = ({ experiment, time }: Job): string =>
  time === undefined ? experiment.id : `${experiment.id} ${time}`;

/** How one of many ended. */
export interface Outcome {
  readonly job: Job;
  readonly seconds: number;
  /** `not run`: it was interrupted before it began. */
  readonly verdict: Verdict | 'not run';
  readonly journal?: Journal;
  readonly failure?: Failure;
}

export function outcomeOf(job: Job, seconds: number, ended: Ended): Outcome {
  if ('journal' in ended) return { job, seconds, verdict: ended.journal.verdict, journal: ended.journal };
  if ('endedAtOnce' in ended) return { job, seconds, verdict: 'unrecovered' };
  return { job, seconds, verdict: verdictWithout(ended.failure), failure: ended.failure };
}

/** What a rehearsal that left no record counts as. */
function verdictWithout({ code }: Failure): Outcome['verdict'] {
  switch (code) {
    case 'interrupted':
      return 'not run';
    case 'internal':
    case 'lease-lost':
      return 'errored';
    case 'invalid':
    case 'unknown-id':
    case 'cannot-begin':
    case 'usage':
    case 'permission':
    case 'busy':
      return 'rejected';
  }
}
