import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Link } from '../lab/proxy/link.ts';
import { putInExperimentFault } from './put-in-experiment-fault.ts';
import { putInToxic } from './put-in-toxic.ts';
import type { Surroundings } from './started.ts';
import { isToxicFault, type TestFault } from './test-fault.ts';
import type { FaultOn, FaultOptions } from './test-lab.ts';

/** The faults of one lab. */
interface Faults {
  putIn(fault: TestFault, options?: FaultOptions): Promise<FaultOn>;
  /** Ends all that are on, and those that are just being put in. */
  endAll(): Promise<void>;
  /** The same, and takes no other. */
  close(): Promise<void>;
}

/** How each link stood before a fault. */
const standOf = (link: Link) => ({
  link,
  toxics: link.toxicsInPlace(),
  affected: link.piecesAffected(),
});

/** Puts faults into a lab and keeps them, so that nothing that a test forgets is left on. */
export function createFaults(surroundings: Surroundings): Faults {
  const { running } = surroundings;
  const on = new Set<FaultOn>();
  const starting = new Set<Promise<FaultOn>>();
  let isClosed = false;

  const start = async (fault: TestFault, options: FaultOptions): Promise<FaultOn> => {
    const { share, atMost = '1m', signal } = options;
    signal?.throwIfAborted();
    const before = running.replicas.flatMap(({ id }) => [...running.links(id).values()].map(standOf));
    const { ended, end } = isToxicFault(fault)
      ? putInToxic(surroundings, fault, { atMost, share })
      : await putInExperimentFault(surroundings, fault, { share: share ?? '100%', atMost });
    const hit = before.filter(({ link, toxics }) => link.toxicsInPlace() > toxics);
    const endNow = async () => {
      end();
      return ended;
    };
    const put: FaultOn = {
      ended,
      end: endNow,
      heldBack: () =>
        hit.length === 0 ? undefined : hit.some(({ link, affected }) => link.piecesAffected() > affected),
      [Symbol.asyncDispose]: async () => void (await endNow()),
    };
    on.add(put);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    void ended.then(() => {
      signal?.removeEventListener('abort', end);
      on.delete(put);
    });
    return put;
  };

  const endAll = async () => {
    // A test may time out while its fault is being put in: it would be on once nobody looks any more.
    await Promise.allSettled(starting);
    await Promise.all([...on].map((fault) => fault.end()));
  };

  return {
    putIn: async (fault, options = {}) => {
      if (isClosed) throw new SteadfastError('usage', 'the lab has been stopped: no fault can be put in');
      const begun = start(fault, options);
      starting.add(begun);
      try {
        return await begun;
      } finally {
        starting.delete(begun);
      }
    },
    endAll,
    close: () => {
      isClosed = true;
      return endAll();
    },
  };
}
