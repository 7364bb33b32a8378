import * as z from 'zod';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';

/** Whether a condition on what a probe saw holds. No, late or too little data is `unknown`, never `met`. */
const toleranceStateSchema = z.enum(['met', 'missed', 'unknown']);

/** One tolerance, judged over a stage. */
export const toleranceJudgementSchema = z.strictObject({
  probe: z.string().describe('The probe, by its name in the definition.'),
  tolerance: z.string().describe('`p50`, `p90`, `p95`, `p99`, `errorRate`, `age`, `count` or `value`.'),
  limit: z.string().describe('The limit as it was written: `below 250ms`.'),
  limitValue: z.number().describe('The limit as a number, in `unit`.'),
  unit: z
    .enum(['ms', 'ratio', 's', 'items', ''])
    .describe('Of `limitValue` and `observed`; a ratio lies between 0 and 1, and a bare value has none.'),
  state: toleranceStateSchema.describe('No, late or too little data is `unknown`, never `met`.'),
  observed: z.number().optional().describe('What was seen, in `unit`; absent where there was nothing.'),
  samples: z.number().int().describe('How many samples it was judged on.'),
  reason: z.string().describe('Why it is so, as a sentence.'),
});

/** Something that bears on the verdict. */
export const findingSchema = z.strictObject({
  code: z.string().describe('Stable, in kebab-case: `tolerance-missed`, `no-bite`, `not-recovered`.'),
  verdict: verdictSchema.describe('The verdict that this finding alone would give.'),
  message: z.string().describe('What was found, as a sentence.'),
  rejection: rejectionSchema.optional().describe('For `rejected`: why the run never started.'),
  stage: z.number().int().optional().describe('The stage it belongs to, counted from 0.'),
  probe: z.string().optional().describe('The probe it belongs to.'),
  at: z.string().optional().describe('When it was found (ISO 8601, UTC).'),
  hint: z.string().optional().describe('How to mend it, or where to look.'),
});

export const recoverySchema = z.strictObject({
  seconds: z
    .number()
    .optional()
    .describe(
      'Seconds from the end of the fault to the beginning of the stretch on which steady state was shown to be back.',
    ),
  objective: z.number().describe('The objective in seconds, paced.'),
  met: z.boolean().optional().describe('Whether the objective was met; absent where nobody could see.'),
  reason: z.string().describe('Why it is so, as a sentence.'),
});

/** One probe's baseline. */
export const baselineProbeSchema = z.strictObject({
  probe: z.string().describe('The probe, by its name in the definition.'),
  count: z.number().int().describe('Samples that say something about the system.'),
  errorRate: z.number().optional().describe('The share of requests without a good answer, from 0 to 1.'),
  p50Ms: z.number().optional().describe('Median latency in milliseconds.'),
  p95Ms: z.number().optional().describe('95th percentile of latency in milliseconds.'),
  p99Ms: z.number().optional().describe('99th percentile of latency in milliseconds.'),
  highestValue: z
    .number()
    .optional()
    .describe('The highest value; for freshness the greatest age in seconds.'),
});

export type ToleranceState = z.output<typeof toleranceStateSchema>;
export type ToleranceJudgement = z.output<typeof toleranceJudgementSchema>;
export type Finding = z.output<typeof findingSchema>;
export type Recovery = z.output<typeof recoverySchema>;
export type BaselineProbe = z.output<typeof baselineProbeSchema>;
