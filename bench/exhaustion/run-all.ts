import { runInWorkers } from '../run-in-workers.ts';
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
  let done = 0;
  await runInWorkers<Told>({
    module: new URL('worker.ts', import.meta.url),
    shares: Array.from({ length: workers }, (_, worker): Share => {
      return { machines, items: items.filter((_item, index) => index % workers === worker) };
    }),
    limitMs,
    onMessage: (told) => {
      done += 1;
      onTold(told, done);
    },
  });
}
