/** The percentile that a latency tolerance is about, as a share: `p95` is 0.95. */
export const percentiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
export type PercentileName = keyof typeof percentiles;
