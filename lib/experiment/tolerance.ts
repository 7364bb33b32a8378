import * as z from 'zod';
import { duration, percentage, positiveDuration } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';

const missedFor = duration()
  .optional()
  .describe(`How long it may be missed before the fault is ended (default ${defaults.missedFor}).`);

const latency = z.strictObject({
  below: positiveDuration().describe('The percentile must stay below this.'),
  missedFor,
});

/** Conditions on what users feel. Each is met, missed or unknown, judged over a stage. */
export const tolerancesSchema = z
  .strictObject({
    p50: latency.optional().describe('Median latency.'),
    p90: latency.optional().describe('90th percentile of latency.'),
    p95: latency.optional().describe('95th percentile of latency.'),
    p99: latency.optional().describe('99th percentile of latency.'),
    errorRate: z
      .strictObject({ below: percentage().describe('The share must stay below this.'), missedFor })
      .refine((rate) => rate.below.ratio > 0, {
        error: 'nothing is below 0%: allow a small share, such as 0.1%',
        path: ['below'],
      })
      .optional()
      .describe(
        'The share of requests that fail: no answer, an unexpected status, or a body that is not as expected.',
      ),
    age: z
      .strictObject({ below: positiveDuration().describe('No answer may be older than this.'), missedFor })
      .optional()
      .describe('Freshness: how old what is served may be. Needs `ageOf` or `growthOf`.'),
    count: z
      .strictObject({
        atLeast: z.number().int().positive().describe('The fewest items that are complete.'),
        missedFor,
      })
      .optional()
      .describe('Completeness: how many items there must be. Needs `countOf`.'),
    value: z
      .strictObject({
        below: z.number().optional().describe('Each value must lie below this.'),
        above: z.number().optional().describe('Each value must lie above this.'),
        missedFor,
        recovered: z
          .strictObject({
            below: z.number().optional().describe('Each value must lie below this again.'),
            above: z.number().optional().describe('Each value must lie above this again.'),
          })
          .optional()
          .describe(
            'What counts as back after the fault, where that is stricter than what is allowed during it: of a queue that may grow meanwhile and must drain.',
          ),
      })
      .refine((v) => v.below !== undefined || v.above !== undefined, {
        error: "say 'below', 'above' or both",
      })
      .refine((v) => v.below === undefined || v.above === undefined || v.above < v.below, {
        error: "nothing lies between them: 'above' must be less than 'below'",
      })
      .superRefine((value, context) => {
        const { recovered } = value;
        if (recovered === undefined) return;
        const refuse = (path: readonly string[], message: string) =>
          context.addIssue({ code: 'custom', path: ['recovered', ...path], message });
        const { below = value.below, above = value.above } = recovered;
        if (recovered.below === undefined && recovered.above === undefined)
          return refuse([], "say 'below', 'above' or both");
        if (recovered.below !== undefined && recovered.below > (value.below ?? recovered.below))
          refuse(['below'], `is more than is allowed during the fault, ${value.below}`);
        if (recovered.above !== undefined && recovered.above < (value.above ?? recovered.above))
          refuse(['above'], `is less than is allowed during the fault, ${value.above}`);
        if (below !== undefined && above !== undefined && above >= below)
          refuse([], "nothing lies between them: 'above' must be less than 'below'");
      })
      .optional()
      .describe('The range of a value: of a metric, or of `numberOf`.'),
  })
  .refine((t) => Object.values(t).some((v) => v !== undefined), {
    error: 'a probe without a tolerance judges nothing: add one, such as errorRate: { below: "1%" }',
  });

export type Tolerances = z.output<typeof tolerancesSchema>;
export type ToleranceName = keyof Tolerances;
