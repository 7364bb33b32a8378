import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** What became of requests while replicas were kept from a balancer. */
export interface KeptCounts {
  /** Requests that were sent to such a replica, and got no answer from it. */
  readonly hung: number;
  /** Turns of such a replica that another one got. */
  readonly passedOver: number;
}

interface Keeping {
  readonly upstreams: ReadonlySet<string>;
  readonly hangUntilMs: number;
  readonly given: AbortController;
  hung: number;
  passedOver: number;
}

/** The replicas that a balancer does not reach now. */
export interface Kept {
  /**
   * Keeps replicas from it. At first it does not know, and what it sends them hangs until they are given back; after `hangMs` it has
   * found out, and passes them over.
   */
  keep(upstreams: readonly string[], hangMs: number): { giveBack(): KeptCounts };
  /**
   * Whether a replica may have its turn. Where the request hangs, the answer comes once the replica has been given back, or never: when
   * the client has left.
   */
  mayTake(upstream: string, response: ServerResponse): Promise<'yes' | 'no' | 'left'>;
}

export function createKept(nowMs: () => number): Kept {
  const keepings = new Set<Keeping>();
  return {
    keep: (upstreams, hangMs) => {
      const keeping: Keeping = {
        upstreams: new Set(upstreams),
        hangUntilMs: nowMs() + hangMs,
        given: new AbortController(),
        hung: 0,
        passedOver: 0,
      };
      keepings.add(keeping);
      return {
        giveBack: () => {
          keepings.delete(keeping);
          keeping.given.abort();
          return { hung: keeping.hung, passedOver: keeping.passedOver };
        },
      };
    },
    mayTake: async (upstream, response) => {
      for (;;) {
        const keeping = [...keepings].find((one) => one.upstreams.has(upstream));
        if (keeping === undefined) return 'yes';
        if (nowMs() >= keeping.hangUntilMs) {
          keeping.passedOver += 1;
          return 'no';
        }
        keeping.hung += 1;
        if (response.destroyed) return 'left';
        // Either the client leaves, or the replica is given back.
        const left = await once(response, 'close', { signal: keeping.given.signal }).then(
          () => true,
          () => false,
        );
        if (left) return 'left';
      }
    },
  };
}
