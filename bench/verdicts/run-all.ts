import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
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
  const threads: Worker[] = [];
  let done = 0;
  const runShare = (worker: number) =>
    new Promise<void>((resolve, reject) => {
      const mine = [...work.keys()].filter((index) => index % workers === worker);
      let next = 0;
      const thread = new Worker(new URL('worker.ts', import.meta.url), {
        workerData: mine.map((index) => work[index]),
      });
      threads.push(thread);
      thread.on('message', (outcome: Outcome) => {
        const index = mine[next];
        next += 1;
        if (index !== undefined) outcomes[index] = outcome;
        done += 1;
        onOutcome(outcome, done);
      });
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  const timer = setTimeout(() => {
    for (const thread of threads) void thread.terminate();
  }, limitMs);
  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => runShare(worker)));
  } finally {
    clearTimeout(timer);
  }
  return outcomes.filter((outcome) => outcome !== undefined);
}
