import * as z from 'zod';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';

/** Whether a condition on what a probe saw holds. No, late or too little data is `unknown`, never `met`. */
const toleranceStateSchema = z.enum(['met', 'missed', 'unknown']);

const intervalSchema = z.strictObject({
  low: z.number().optional().describe('The lower bound; absent where there are too few samples for one.'),
  high: z
    .number()
    .optional()
    .describe('The upper bound; absent where there are too few samples, or too few good answers, for one.'),
});

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
  interval: intervalSchema
    .optional()
    .describe(
      'Between which values the true rate or percentile lies, in `unit`: each bound is wrong less than once in a hundred times.',
    ),
  samples: z.number().int().describe('How many samples it was judged on.'),
  designEffect: z
    .number()
    .optional()
    .describe('How many of these samples are worth one independent one; absent where each is.'),
  detectedSeconds: z
    .number()
    .optional()
    .describe(
      'Where it was missed: seconds from the beginning of the stage until the watch could tell; absent where only the whole stage shows it.',
    ),
  control: z
    .string()
    .optional()
    .describe('The control that moved as well, where the fault is not to blame for that.'),
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

/** One figure after the fault, held against the baseline's. */
const comparisonSchema = z.strictObject({
  probe: z.string().describe('The probe, by its name in the definition.'),
  figure: z.enum(['p50', 'p90', 'p95', 'p99', 'errorRate']).describe('What is compared.'),
  unit: z.enum(['ms', 'ratio']).describe('Of all numbers here.'),
  before: z.number().optional().describe('In the baseline; absent where nothing was seen, or no answer.'),
  after: z.number().optional().describe('After the fault; absent where nothing was seen, or no answer.'),
  difference: intervalSchema.describe(
    'Between which values the true difference lies, after less before: each bound is wrong less than once in a hundred times.',
  ),
  allowed: z.number().describe('The largest difference that counts as back.'),
  drift: z
    .number()
    .optional()
    .describe('How much of what is allowed the control has moved by itself meanwhile.'),
  state: z
    .enum(['back', 'outside', 'open'])
    .describe('`back`: shown to be within what is allowed. `outside`: shown to be beyond. `open`: neither.'),
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
  comparisons: z
    .array(comparisonSchema)
    .optional()
    .describe("Each probe's figures over the stretch that was judged, held against the baseline's."),
});

/** What a stage of a length and a rate can tell of a tolerance, by the baseline's own variation. */
export const powerSchema = z.strictObject({
  probe: z.string().describe('The probe, by its name in the definition.'),
  tolerance: z.string().describe('The tolerance; `recovery` where it is about that.'),
  stage: z.number().int().optional().describe('The stage, counted from 0; absent for the recovery.'),
  samples: z.number().int().describe('How many samples the stage gives.'),
  baseline: z
    .number()
    .optional()
    .describe('The share of the samples that lay beyond the limit in the baseline.'),
  allowed: z.number().optional().describe('The share that may lie beyond it; absent where each is compared.'),
  metUpTo: z
    .number()
    .optional()
    .describe('A true share up to this is found to be met, with 99 % probability.'),
  missedFrom: z
    .number()
    .optional()
    .describe('A true share from this on is found to be missed, with 99 % probability.'),
  enough: z.boolean().describe('Whether a stage that is like the baseline would be found to have met it.'),
  neededSeconds: z
    .number()
    .optional()
    .describe('How long the stage would have to be at this rate; absent where no length is enough.'),
  text: z.string().describe('The same, as a sentence.'),
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
export type Interval = z.output<typeof intervalSchema>;
export type Comparison = z.output<typeof comparisonSchema>;
export type PowerStatement = z.output<typeof powerSchema>;
