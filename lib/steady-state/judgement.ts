import * as z from 'zod';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';

/** Whether a condition on what a probe saw holds. No, late or too little data is `unknown`, never `met`. */
export const toleranceStateSchema = z.enum(['met', 'missed', 'unknown']);

/** One tolerance, judged over a stage. */
export const toleranceJudgementSchema = z.strictObject({
  probe: z.string(),
  /** `p95`, `errorRate`, `age`, `count`, `value`. */
  tolerance: z.string(),
  /** The limit as it was written: `below 250ms`. */
  limit: z.string(),
  /** The limit as a number, in `unit`. */
  limitValue: z.number(),
  unit: z.enum(['ms', 'ratio', 's', 'items', '']),
  state: toleranceStateSchema,
  /** What was seen, in `unit`; absent where there was nothing. */
  observed: z.number().optional(),
  samples: z.number().int(),
  /** Why it is so, as a sentence. */
  reason: z.string(),
});

/** Something that bears on the verdict. */
export const findingSchema = z.strictObject({
  /** Stable, in kebab-case: `tolerance-missed`, `no-bite`, `not-recovered`. */
  code: z.string(),
  verdict: verdictSchema,
  message: z.string(),
  /** For `rejected`: why. */
  rejection: rejectionSchema.optional(),
  stage: z.number().int().optional(),
  probe: z.string().optional(),
  at: z.string().optional(),
  /** How to mend it, or where to look. */
  hint: z.string().optional(),
});

export const recoverySchema = z.strictObject({
  /** From the end of the fault to the beginning of the stretch on which steady state was shown to be back. */
  seconds: z.number().optional(),
  /** The objective in seconds, paced. */
  objective: z.number(),
  /** Undefined where nobody could see. */
  met: z.boolean().optional(),
  reason: z.string(),
});

/** One probe's baseline. */
export const baselineProbeSchema = z.strictObject({
  probe: z.string(),
  count: z.number().int(),
  errorRate: z.number().optional(),
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  p99Ms: z.number().optional(),
  highestValue: z.number().optional(),
});

export type ToleranceState = z.output<typeof toleranceStateSchema>;
export type ToleranceJudgement = z.output<typeof toleranceJudgementSchema>;
export type Finding = z.output<typeof findingSchema>;
export type Recovery = z.output<typeof recoverySchema>;
export type BaselineProbe = z.output<typeof baselineProbeSchema>;
