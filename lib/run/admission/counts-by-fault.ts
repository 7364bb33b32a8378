import type { Target } from '../ports.ts';

/** How many targets each fault has. */
export const countsByFault = (faults: readonly string[], targets: readonly Target[]): [string, number][] =>
  faults.map((fault) => [fault, targets.filter((target) => target.fault === fault).length]);
