/** What a machine has for rehearsals. */
export interface Machine {
  readonly cores: number;
  readonly freeMemoryBytes: number;
}

/**
 * Cores that a rehearsal has for itself: its prober, its links, the services and their database are busy at the same time, and one that
 * waits for a core measures the machine instead of the service.
 */
const coresOfOne = 4;
/** Memory that a rehearsal may take: the example with a database takes 0.6 GiB in all its processes. */
const memoryOfOne = 1024 ** 3;

/** How many rehearsals go side by side without one slowing another: one at least. */
export const howManyAtOnce = ({ cores, freeMemoryBytes }: Machine): number =>
  Math.max(1, Math.min(Math.floor(cores / coresOfOne), Math.floor(freeMemoryBytes / memoryOfOne)));
