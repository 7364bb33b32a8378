import type { ProbeOutcome } from './ports.ts';

/** A request that has been handed to the prober. */
interface Flight {
  readonly probe: string;
  readonly dueMs: number;
  /** When the prober itself is taken to have failed. */
  readonly giveUpMs: number;
  readonly giveUp: () => void;
}

/** What is under way in one slice. */
export interface Flights {
  /** How many requests of a probe are under way. */
  count(probe: string): number;
  /** When those requests of a probe were due that are under way by now. */
  underWay(probe: string, nowMs: number): readonly number[];
  /** Everything due before this has ended. */
  settledMs(nowMs: number): number;
  /** Follows a request to its outcome; what the prober throws, or does not tell by `giveUpMs`, is an outcome too. */
  ask(
    request: { readonly probe: string; readonly dueMs: number; readonly giveUpMs: number },
    outcome: Promise<ProbeOutcome>,
    keep: (outcome: ProbeOutcome) => void,
  ): void;
  /** Follows any other work. */
  track(work: Promise<void>, dueMs: number): void;
  /** Ends the wait for requests whose prober has not kept its time. */
  giveUp(nowMs: number): void;
  /** Resolves when something ends; undefined when nothing is under way. */
  next(): Promise<void> | undefined;
}

/** @param messageOf the words of what the prober threw */
export function createFlights(messageOf: (thrown: unknown) => string): Flights {
  const requests = new Set<Flight>();
  const work = new Map<Promise<void>, number>();

  const track = (tracked: Promise<void>, dueMs: number) => {
    const followed = tracked.finally(() => work.delete(followed));
    work.set(followed, dueMs);
  };
  const of = (probe: string) => [...requests].filter((one) => one.probe === probe);

  return {
    count: (probe) => of(probe).length,
    underWay: (probe, nowMs) =>
      of(probe)
        .map(({ dueMs }) => dueMs)
        .filter((dueMs) => dueMs <= nowMs),
    settledMs: (nowMs) => Math.min(nowMs, ...work.values()),
    ask: ({ probe, dueMs, giveUpMs }, outcome, keep) => {
      const { promise, resolve } = Promise.withResolvers<ProbeOutcome>();
      const flight: Flight = {
        probe,
        dueMs,
        giveUpMs,
        giveUp: () =>
          resolve({ error: `prober: it did not say what came of this, though its time is long over` }),
      };
      requests.add(flight);
      outcome.then(resolve, (thrown: unknown) => resolve({ error: `prober: ${messageOf(thrown)}` }));
      track(
        promise.then((came) => {
          requests.delete(flight);
          keep(came);
        }),
        dueMs,
      );
    },
    track,
    giveUp: (nowMs) => {
      for (const flight of requests) if (nowMs >= flight.giveUpMs) flight.giveUp();
    },
    next: () => (work.size === 0 ? undefined : Promise.race(work.keys())),
  };
}
