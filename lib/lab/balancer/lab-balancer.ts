import type { ManagedProcess } from '../processes/managed-process.ts';
import type { KeptCounts } from './kept.ts';
import { type Asked, toldSchema } from './messages.ts';

/** How long a balancer may take to answer over its channel. */
const answerWithinMs = 5_000;

/** A lab's balancer, as faults reach it. */
export interface LabBalancer {
  /**
   * Keeps replicas from it, by their ids: for `hangMs` it goes on sending them requests, which hang; then it passes them over. They are
   * its own again when they are given back.
   *
   * @returns gives them back, and tells what became of requests meanwhile; undefined where it does not tell, since it has ended
   */
  keepFrom(replicas: readonly string[], hangMs: number): () => Promise<KeptCounts | undefined>;
}

/** The other end of a balancer's channel. */
export function createLabBalancer(managed: ManagedProcess): LabBalancer {
  const waiting = new Map<number, (counts: KeptCounts) => void>();
  let asked = 0;
  managed.onMessage((message) => {
    const told = toldSchema.safeParse(message);
    if (told.success) waiting.get(told.data.gaveBack.id)?.(told.data.gaveBack);
  });
  return {
    keepFrom: (replicas, hangMs) => {
      asked += 1;
      const id = asked;
      managed.send({ keepFrom: { id, upstreams: [...replicas], hangMs } } satisfies Asked);
      return async () => {
        const { promise, resolve } = Promise.withResolvers<KeptCounts | undefined>();
        waiting.set(id, resolve);
        managed.send({ giveBack: { id } } satisfies Asked);
        const silent = setTimeout(() => resolve(undefined), answerWithinMs);
        void managed.exited.then(() => resolve(undefined));
        const counts = await promise;
        clearTimeout(silent);
        waiting.delete(id);
        return counts;
      };
    },
  };
}
