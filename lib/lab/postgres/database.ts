import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { ManagedProcess } from '../processes/managed-process.ts';
import { type Away, toldSchema } from './messages.ts';

/** How long the process may take to break its connections: it answers one query at a time, and may be in the middle of one. */
const awayWithinMs = 10_000;

/** What shows that a database went away. */
interface Outage {
  /** Connections that it broke. */
  readonly connections: number;
  /** Resolves once it takes connections again, at the same address and with what was committed; false where its process ended instead. */
  readonly back: Promise<boolean>;
}

/** A lab's PostgreSQL, as faults reach it. */
export interface LabDatabase {
  readonly alive: boolean;
  /**
   * Breaks all connections and refuses new ones for a while. Open transactions are rolled back. It comes back by itself, whatever
   * becomes of whoever asked.
   */
  goAway(forMs: number): Promise<Outage>;
}

/** The other end of a PostgreSQL's channel. */
export function createLabDatabase(managed: ManagedProcess): LabDatabase {
  const waiting = new Map<
    number,
    { away?: (connections: number) => void; back: (isBack: boolean) => void }
  >();
  let outages = 0;
  managed.onMessage((message) => {
    const told = toldSchema.safeParse(message);
    if (!told.success) return;
    if ('isAway' in told.data) waiting.get(told.data.isAway.id)?.away?.(told.data.isAway.connections);
    else waiting.get(told.data.isBack.id)?.back(true);
  });
  void managed.exited.then(() => {
    for (const { back } of waiting.values()) back(false);
  });
  return {
    get alive() {
      return managed.alive;
    },
    goAway: async (forMs) => {
      outages += 1;
      const id = outages;
      const back = Promise.withResolvers<boolean>();
      const away = Promise.withResolvers<number>();
      waiting.set(id, { away: away.resolve, back: back.resolve });
      void back.promise.then(() => waiting.delete(id));
      managed.send({ away: { id, forMs } } satisfies Away);
      const silent = setTimeout(() => away.resolve(-1), awayWithinMs);
      const connections = await Promise.race([away.promise, managed.exited.then(() => -1)]);
      clearTimeout(silent);
      if (connections < 0)
        throw new SteadfastError('internal', `${managed.name} did not break its connections`, {
          hint: `its log is ${managed.logFile}`,
        });
      return { connections, back: back.promise };
    },
  };
}
