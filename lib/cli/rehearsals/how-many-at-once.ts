/** What a machine has for rehearsals. */
export interface Machine {
  readonly cores: number;
  readonly freeMemoryBytes: number;
}

/**
 * Cores that a rehearsal has for itself. The example with a database takes 17 s of processor time in 46 s, so a third of a core; but its
 * prober, links, services and database want it at the same moments, and one that waits for a core measures the machine instead of the
 * service.
 */
const coresOfOne = 2;
/** Memory that a rehearsal may take: that example takes 0.74 GiB in all its processes. */
const memoryOfOne = 1024 ** 3;

/** How many rehearsals go side by side without one slowing another: one at least. */
export const howManyAtOnce = ({ cores, freeMemoryBytes }: Machine): number =>
  Math.max(1, Math.min(Math.floor(cores / coresOfOne), Math.floor(freeMemoryBytes / memoryOfOne)));
