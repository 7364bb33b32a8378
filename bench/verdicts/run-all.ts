import { availableParallelism } from 'node:os';
import { runInWorkers } from '../run-in-workers.ts';
import type { Outcome } from './run-one.ts';

export interface Work {
  readonly class: string;
  readonly seed: number;
}

/** More would gain little: judging one run takes about a tenth of a second. */
const mostWorkers = 8;

/**
 * Does the runs on all cores, in the order of the work, until the time is up. The outcomes come in that order too, whoever was first; `onOutcome`
 * is told of each as it comes, and how many have come.
 */
export async function runAll(
  work: readonly Work[],
  limitMs: number,
  onOutcome: (outcome: Outcome, done: number) => void,
): Promise<Outcome[]> {
  const workers = Math.min(mostWorkers, availableParallelism(), work.length);
  const outcomes: (Outcome | undefined)[] = work.map(() => undefined);
  const shares = Array.from({ length: workers }, (_, worker) =>
    [...work.keys()].filter((index) => index % workers === worker),
  );
  const next = shares.map((share) => share.values());
  let done = 0;
  await runInWorkers<Outcome>({
    module: new URL('worker.ts', import.meta.url),
    shares: shares.map((share) => share.map((index) => work[index])),
    limitMs,
    onMessage: (outcome, worker) => {
      const index = next[worker]?.next().value;
      if (index !== undefined) outcomes[index] = outcome;
      done += 1;
      onOutcome(outcome, done);
    },
  });
  return outcomes.filter((outcome) => outcome !== undefined);
}
