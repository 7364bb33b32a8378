import { Worker } from 'node:worker_threads';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';
import type { Machines } from './subject.ts';

/** A case that is to be played. */
export interface Item {
  readonly number: number;
  readonly one: Case;
  readonly independentStop: boolean;
  readonly usualSamples: number;
}

/** What a worker tells of an item. */
export type Told = Outcome & Pick<Item, 'independentStop' | 'number'>;

export interface Share {
  readonly machines: Machines;
  readonly items: readonly Item[];
}

/** Two cores; more workers would only wait for each other. */
const workers = 2;

/** Plays all items, or as many as can be within the time; gives what came of each. */
export async function runAll(
  { machines, items }: Share,
  limitMs: number,
  onTold: (told: Told, done: number) => void,
): Promise<void> {
  const threads: Worker[] = [];
  let done = 0;
  const run = (worker: number) =>
    new Promise<void>((resolve, reject) => {
      const share: Share = { machines, items: items.filter((_, index) => index % workers === worker) };
      const thread = new Worker(new URL('worker.ts', import.meta.url), { workerData: share });
      threads.push(thread);
      thread.on('message', (told: Told) => {
        done += 1;
        onTold(told, done);
      });
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  const timer = setTimeout(() => {
    for (const thread of threads) void thread.terminate();
  }, limitMs);
  try {
    await Promise.all(Array.from({ length: workers }, (_, worker) => run(worker)));
  } finally {
    clearTimeout(timer);
  }
}
