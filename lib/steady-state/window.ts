import * as z from 'zod';

/** What one probe saw in one stretch of time, for the watch and the chart. */
export const windowSchema = z.strictObject({
  probe: z.string().describe('The probe, by its name in the definition.'),
  startMs: z.number().describe('When it begins, in milliseconds since 1970; it is half-open.'),
  endMs: z
    .number()
    .describe('When it ends, in milliseconds since 1970; a sample of that instant is in the next.'),
  count: z
    .number()
    .int()
    .describe("Samples that say something about the system (the prober's own failures apart)."),
  errors: z.number().int().describe('Those of them without a good answer.'),
  unusable: z.number().int().describe('Samples that the prober itself spoilt.'),
  p50Ms: z
    .number()
    .optional()
    .describe('Median latency in milliseconds; a percentile is absent where too few answered to tell.'),
  p95Ms: z.number().optional().describe('95th percentile of latency in milliseconds.'),
  p99Ms: z.number().optional().describe('99th percentile of latency in milliseconds.'),
  lowestValue: z.number().optional().describe('The lowest value; for freshness an age in seconds.'),
  highestValue: z.number().optional().describe('The highest value; for freshness an age in seconds.'),
});

export type Window = z.output<typeof windowSchema>;
