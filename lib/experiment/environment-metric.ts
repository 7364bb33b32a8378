import * as z from 'zod';
import { positiveDuration } from '../fis/quantity.ts';
import { sentence } from './names.ts';

const dimensions = z.record(z.string(), z.string());
const period = () => positiveDuration().prefault('1m').describe('The length of one data point (default 1m).');

/** A CloudWatch metric. */
const metricStatSchema = z.strictObject({
  namespace: sentence().describe("CloudWatch's namespace, such as `AWS/ApplicationELB`."),
  name: sentence().describe("The metric's name."),
  dimensions: dimensions.optional().describe('Its dimensions, all of them.'),
  statistic: z
    .string()
    .regex(/^(Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d+)?)$/, {
      error: 'is no statistic: Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99',
    })
    .describe('`Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` or a percentile such as `p99`.'),
  period: period(),
});

/** A CloudWatch metric, or an expression of metric math over several. */
export const metricSchema = z.union([
  metricStatSchema,
  z.strictObject({
    expression: sentence().describe('Metric math over the ids of `metrics`.'),
    metrics: z
      .record(
        z
          .string()
          .regex(/^[a-z][A-Za-z0-9_]*$/, { error: 'an id of metric math begins with a lower case letter' }),
        metricStatSchema,
      )
      .describe('The metrics that the expression names, by id.'),
    period: period(),
  }),
]);

export type Metric = z.output<typeof metricSchema>;
export type MetricStat = z.output<typeof metricStatSchema>;
