import * as z from 'zod/mini';

/** Whether a condition on what a probe saw holds. No, late or too little data is `unknown`, never `met`. */
const toleranceStateSchema = z.enum(['met', 'missed', 'unknown']);

const intervalSchema = z.strictObject({
  low: z
    .optional(z.number())
    .check(z.describe('The lower bound; absent where there are too few samples for one.')),
  high: z
    .optional(z.number())
    .check(
      z.describe(
        'The upper bound; absent where there are too few samples, or too few good answers, for one.',
      ),
    ),
});

/** One tolerance, judged over a stage. */
export const toleranceJudgementSchema = z.strictObject({
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  tolerance: z
    .string()
    .check(z.describe('`p50`, `p90`, `p95`, `p99`, `errorRate`, `age`, `count` or `value`.')),
  limit: z.string().check(z.describe('The limit as it was written: `below 250ms`.')),
  limitValue: z.number().check(z.describe('The limit as a number, in `unit`.')),
  unit: z
    .enum(['ms', 'ratio', 's', 'items', ''])
    .check(
      z.describe('Of `limitValue` and `observed`; a ratio lies between 0 and 1, and a bare value has none.'),
    ),
  state: toleranceStateSchema.check(z.describe('No, late or too little data is `unknown`, never `met`.')),
  observed: z
    .optional(z.number())
    .check(z.describe('What was seen, in `unit`; absent where there was nothing.')),
  interval: z
    .optional(intervalSchema)
    .check(
      z.describe(
        'Between which values the true rate or percentile lies, in `unit`: each bound is wrong less than once in a hundred times.',
      ),
    ),
  samples: z.int().check(z.describe('How many samples it was judged on.')),
  designEffect: z
    .optional(z.number())
    .check(z.describe('How many of these samples are worth one independent one; absent where each is.')),
  detectedSeconds: z
    .optional(z.number())
    .check(
      z.describe(
        'Where it was missed: seconds from the beginning of the stage until the watch could tell; absent where only the whole stage shows it.',
      ),
    ),
  control: z
    .optional(z.string())
    .check(z.describe('The control that moved as well, where the fault is not to blame for that.')),
  reason: z.string().check(z.describe('Why it is so, as a sentence.')),
});

/** One figure after the fault, held against the baseline's. */
const comparisonSchema = z.strictObject({
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  figure: z.enum(['p50', 'p90', 'p95', 'p99', 'errorRate']).check(z.describe('What is compared.')),
  unit: z.enum(['ms', 'ratio']).check(z.describe('Of all numbers here.')),
  before: z
    .optional(z.number())
    .check(z.describe('In the baseline; absent where nothing was seen, or no answer.')),
  after: z
    .optional(z.number())
    .check(z.describe('After the fault; absent where nothing was seen, or no answer.')),
  difference: intervalSchema.check(
    z.describe(
      'Between which values the true difference lies, after less before: each bound is wrong less than once in a hundred times.',
    ),
  ),
  allowed: z.number().check(z.describe('The largest difference that counts as back.')),
  drift: z
    .optional(z.number())
    .check(z.describe('How much of what is allowed the control has moved by itself meanwhile.')),
  state: z
    .enum(['back', 'outside', 'open'])
    .check(
      z.describe(
        '`back`: shown to be within what is allowed. `outside`: shown to be beyond. `open`: neither.',
      ),
    ),
});

export const recoverySchema = z.strictObject({
  seconds: z
    .optional(z.number())
    .check(
      z.describe(
        'Seconds from the end of the fault to the beginning of the stretch on which steady state was shown to be back.',
      ),
    ),
  objective: z.number().check(z.describe('The objective in seconds, paced.')),
  met: z
    .optional(z.boolean())
    .check(z.describe('Whether the objective was met; absent where nobody could see.')),
  reason: z.string().check(z.describe('Why it is so, as a sentence.')),
  comparisons: z
    .optional(z.array(comparisonSchema))
    .check(z.describe("Each probe's figures over the stretch that was judged, held against the baseline's.")),
});

/** What a stage of a length and a rate can tell of a tolerance, by the baseline's own variation. */
export const powerSchema = z.strictObject({
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  tolerance: z.string().check(z.describe('The tolerance; `recovery` where it is about that.')),
  stage: z.optional(z.int()).check(z.describe('The stage, counted from 0; absent for the recovery.')),
  samples: z.int().check(z.describe('How many samples the stage gives.')),
  baseline: z
    .optional(z.number())
    .check(z.describe('The share of the samples that lay beyond the limit in the baseline.')),
  allowed: z
    .optional(z.number())
    .check(z.describe('The share that may lie beyond it; absent where each is compared.')),
  metUpTo: z
    .optional(z.number())
    .check(z.describe('A true share up to this is found to be met, with 99 % probability.')),
  missedFrom: z
    .optional(z.number())
    .check(z.describe('A true share from this on is found to be missed, with 99 % probability.')),
  enough: z
    .boolean()
    .check(z.describe('Whether a stage that is like the baseline would be found to have met it.')),
  neededSeconds: z
    .optional(z.number())
    .check(z.describe('How long the stage would have to be at this rate; absent where no length is enough.')),
  text: z.string().check(z.describe('The same, as a sentence.')),
});

/** One probe's baseline. */
export const baselineProbeSchema = z.strictObject({
  probe: z.string().check(z.describe('The probe, by its name in the definition.')),
  count: z.int().check(z.describe('Samples that say something about the system.')),
  errorRate: z
    .optional(z.number())
    .check(z.describe('The share of requests without a good answer, from 0 to 1.')),
  p50Ms: z.optional(z.number()).check(z.describe('Median latency in milliseconds.')),
  p95Ms: z.optional(z.number()).check(z.describe('95th percentile of latency in milliseconds.')),
  p99Ms: z.optional(z.number()).check(z.describe('99th percentile of latency in milliseconds.')),
  highestValue: z
    .optional(z.number())
    .check(z.describe('The highest value; for freshness the greatest age in seconds.')),
});

export type ToleranceState = z.output<typeof toleranceStateSchema>;
export type ToleranceJudgement = z.output<typeof toleranceJudgementSchema>;
export type Recovery = z.output<typeof recoverySchema>;
export type BaselineProbe = z.output<typeof baselineProbeSchema>;
export type Interval = z.output<typeof intervalSchema>;
export type Comparison = z.output<typeof comparisonSchema>;
export type PowerStatement = z.output<typeof powerSchema>;
