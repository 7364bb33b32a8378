import * as z from 'zod';

const time = z.iso.datetime({ error: 'is no time: write ISO 8601 in UTC, such as 2026-05-01T09:30:00.000Z' });

/** One look of a probe. `at` is when the request was due. A line of samples.ndjson. */
export const sampleSchema = z.strictObject({
  at: time,
  probe: z.string(),
  /** Milliseconds from when it was due to the end of the answer; for a time-out, the time-out. */
  latencyMs: z.number().nonnegative().optional(),
  status: z.number().int().optional(),
  /** The one value a probe extracts; for freshness the age in seconds. */
  value: z.number().optional(),
  /** Why it is no good answer; `prober:` at its beginning says that the prober itself was at fault. */
  error: z.string().optional(),
});

/** A mark between samples: intervals are half-open, from a mark to the next. */
export const markSchema = z.strictObject({
  at: time,
  mark: z.enum(['baseline-start', 'fault-start', 'fault-end', 'recovery-end']),
  /** A label; stages match by order. */
  stage: z.string().optional(),
  /** On `fault-end`: whether the fault reached the system; absent is unknown. */
  bite: z.boolean().optional(),
});

export const observationSchema = z.union([markSchema, sampleSchema]);

export type Sample = z.output<typeof sampleSchema>;
export type Mark = z.output<typeof markSchema>;
export type Observation = Sample | Mark;

export const isMark = (observation: Observation): observation is Mark => 'mark' in observation;
