import * as z from 'zod';

/** What one probe saw in one stretch of time, for the watch and the chart. */
export const windowSchema = z.strictObject({
  probe: z.string(),
  /** Half-open: [startMs, endMs), milliseconds since 1970. */
  startMs: z.number(),
  endMs: z.number(),
  /** Samples that say something about the system (the prober's own failures apart). */
  count: z.number().int(),
  errors: z.number().int(),
  /** Samples that the prober itself spoilt. */
  unusable: z.number().int(),
  /** Latency percentiles in milliseconds; absent where too few answered to tell. */
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  p99Ms: z.number().optional(),
  /** The lowest and the highest value; for freshness, ages in seconds. */
  lowestValue: z.number().optional(),
  highestValue: z.number().optional(),
});

export type Window = z.output<typeof windowSchema>;
