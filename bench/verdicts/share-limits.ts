import { type PercentileName, percentiles } from '../../lib/experiment/percentiles.ts';
import type { Tolerances } from '../../lib/experiment/tolerance.ts';

/** A tolerance on the share of samples beyond a limit; without a limit on latency it is about requests that fail. */
export interface ShareLimit {
  readonly allowed: number;
  readonly limitMs?: number;
  readonly missedForS: number;
}

const percentileNames: readonly PercentileName[] = ['p50', 'p90', 'p95', 'p99'];

const missedForS = (given: { readonly missedFor?: { readonly ms: number } | undefined }): number =>
  (given.missedFor?.ms ?? 5_000) / 1_000;

/** The tolerances on shares among a probe's. */
export function shareLimits(tolerances: Tolerances): ShareLimit[] {
  const { errorRate } = tolerances;
  const latencies = percentileNames.flatMap((name): ShareLimit[] => {
    const given = tolerances[name];
    return given === undefined
      ? []
      : [{ allowed: 1 - percentiles[name], limitMs: given.below.ms, missedForS: missedForS(given) }];
  });
  return errorRate === undefined
    ? latencies
    : [...latencies, { allowed: errorRate.below.ratio, missedForS: missedForS(errorRate) }];
}
