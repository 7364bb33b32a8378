import * as z from 'zod/mini';

const time = z.iso.datetime({ error: 'is no time: write ISO 8601 in UTC, such as 2026-05-01T09:30:00.000Z' });

/** One look of a probe. `at` is when the request was due. A line of samples.ndjson. */
export const sampleSchema = z.strictObject({
  at: time.check(
    z.describe('When the request was due, whenever it was answered; of a metric, when it was measured.'),
  ),
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  latencyMs: z
    .optional(z.number().check(z.nonnegative()))
    .check(
      z.describe('Milliseconds from when it was due to the end of the answer; for a time-out, the time-out.'),
    ),
  status: z.optional(z.int()).check(z.describe('The HTTP status of the answer.')),
  value: z
    .optional(z.number())
    .check(z.describe('The one value a probe extracts; for freshness the age in seconds.')),
  error: z
    .optional(z.string())
    .check(
      z.describe(
        'Why it is no good answer; `prober:` at its beginning says that the prober itself was at fault.',
      ),
    ),
  from: z
    .optional(z.string())
    .check(z.describe('The vantage point it was asked from, where the probe names any.')),
});

/** A mark between samples: intervals are half-open, from a mark to the next. */
export const markSchema = z.strictObject({
  at: time.check(z.describe('When it happened.')),
  mark: z
    .enum(['baseline-start', 'fault-start', 'fault-end', 'soak-start', 'soak-end', 'recovery-end'])
    .check(z.describe('What began or ended there.')),
  stage: z.optional(z.string()).check(z.describe('The label of the stage; stages match by order.')),
  bite: z
    .optional(z.boolean())
    .check(z.describe('On `fault-end`: whether the fault reached the system; absent is unknown.')),
});

export const observationSchema = z.union([markSchema, sampleSchema]);

export type Sample = z.output<typeof sampleSchema>;
export type Mark = z.output<typeof markSchema>;
export type Observation = Sample | Mark;

export const isMark = (observation: Observation): observation is Mark => 'mark' in observation;
