import type { ProbeOutcome } from '../run/ports.ts';

/**
 * Follows counters that are read in several places: the value of an outcome becomes the seconds since the probe's counter last grew,
 * as where one prober sees all of it. The first look counts as growth.
 */
export function createGrowth(): (probe: string, outcome: ProbeOutcome, atMs: number) => ProbeOutcome {
  const seen = new Map<string, { counter: number; atMs: number; grewMs: number }>();
  return (probe, outcome, atMs) => {
    const { value: counter, ...rest } = outcome;
    if (counter === undefined) return outcome;
    const before = seen.get(probe);
    if (before !== undefined && atMs < before.atMs)
      return {
        ...rest,
        error: 'prober: it came after a later look, so nobody can tell whether the counter grew',
      };
    const grewMs = before === undefined || counter > before.counter ? atMs : before.grewMs;
    // After a restart a counter begins anew: its fall is no growth, but growth from there on is.
    seen.set(probe, { counter, atMs, grewMs });
    return { ...rest, value: (atMs - grewMs) / 1_000 };
  };
}
