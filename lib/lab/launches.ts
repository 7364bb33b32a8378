import type { Random } from '../run/ports.ts';

/** What of a replica a launch depends on. */
interface Launched {
  readonly id: string;
  readonly zone?: string;
}

/** A want of capacity: launches that are refused while it lasts. */
interface Shortage {
  /** The replicas that could not be launched so far. */
  refused(): readonly string[];
  /** Lets them be launched, now that there is capacity again. Twice is no error. */
  end(): Promise<void>;
}

/** What starts a lab's replicas in place of those that are gone for good, as an Auto Scaling group starts instances. */
export interface Launches {
  /** @returns what came of it, for people: `process 4711 took its place`, or that it waits for capacity */
  launch(replica: Launched): Promise<string>;
  /** Refuses this share of the launches that it is asked about, each drawn once. */
  refuse(of: (replica: Launched) => boolean, share: number, random: Random): Shortage;
}

export function createLaunches(start: (replicaId: string) => Promise<number>): Launches {
  const shortages = new Set<(replica: Launched) => boolean>();
  const place = async ({ id }: Launched) => `process ${await start(id)} took its place`;
  return {
    launch: async (replica) => {
      // Every one is asked, so that each knows what it has refused.
      const refusals = [...shortages].filter((refuses) => refuses(replica));
      return refusals.length > 0 ? 'nothing takes its place for want of capacity' : place(replica);
    },
    refuse: (of, share, random) => {
      const waiting = new Map<string, Launched>();
      const refused = new Set<string>();
      const refuses = (replica: Launched) => {
        if (!of(replica) || random.next() >= share) return false;
        waiting.set(replica.id, replica);
        refused.add(replica.id);
        return true;
      };
      shortages.add(refuses);
      return {
        refused: () => [...refused],
        end: async () => {
          shortages.delete(refuses);
          const replicas = [...waiting.values()];
          waiting.clear();
          // Another shortage may go on.
          await Promise.all(
            replicas.map(async (replica) => {
              if ([...shortages].filter((other) => other(replica)).length === 0) await place(replica);
            }),
          );
        },
      };
    },
  };
}
