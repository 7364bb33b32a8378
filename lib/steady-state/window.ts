import * as z from 'zod/mini';

/** What one probe saw in one stretch of time, for the watch and the chart. */
export const windowSchema = z.strictObject({
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  startMs: z.number().check(z.describe('When it begins, in milliseconds since 1970; it is half-open.')),
  endMs: z
    .number()
    .check(z.describe('When it ends, in milliseconds since 1970; a sample of that instant is in the next.')),
  count: z
    .int()
    .check(z.describe("Samples that say something about the system (the prober's own failures apart).")),
  errors: z.int().check(z.describe('Those of them without a good answer.')),
  unusable: z.int().check(z.describe('Samples that the prober itself spoilt.')),
  p50Ms: z
    .optional(z.number())
    .check(
      z.describe('Median latency in milliseconds; a percentile is absent where too few answered to tell.'),
    ),
  p95Ms: z.optional(z.number()).check(z.describe('95th percentile of latency in milliseconds.')),
  p99Ms: z.optional(z.number()).check(z.describe('99th percentile of latency in milliseconds.')),
  lowestValue: z.optional(z.number()).check(z.describe('The lowest value; for freshness an age in seconds.')),
  highestValue: z
    .optional(z.number())
    .check(z.describe('The highest value; for freshness an age in seconds.')),
});

export type Window = z.output<typeof windowSchema>;
