import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { HttpProbe } from '../../experiment/probe.ts';

const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** A tolerance on a percentile of latency. */
export interface Percentile {
  readonly tolerance: keyof typeof shares;
  /** The share of the requests that it speaks of: 0.95 for `p95`. */
  readonly share: number;
  readonly belowMs: number;
  readonly text: string;
}

export const percentilesOf = ({ tolerances }: HttpProbe): Percentile[] =>
  (Object.keys(shares) as (keyof typeof shares)[]).flatMap((tolerance) => {
    const limit = tolerances[tolerance];
    return limit === undefined
      ? []
      : [{ tolerance, share: shares[tolerance], belowMs: limit.below.ms, text: limit.below.text }];
  });

/** How long a probe waits for an answer. */
export const timeoutOf = ({ timeout }: HttpProbe): { readonly ms: number; readonly text: string } => ({
  ms: timeout?.ms ?? defaultMs(defaults.timeout),
  text: timeout?.text ?? defaults.timeout,
});
