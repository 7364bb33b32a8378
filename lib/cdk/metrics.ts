import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricStat, metricSchema } from '../experiment/environment-metric.ts';
import type { MetricDefinition } from '../plan/plan-target.ts';

/** A metric of a definition as CDK draws it and makes alarms of it. */
export function cdkMetricOf(definition: MetricDefinition): IMetric {
  const metric = metricSchema.parse(definition);
  if (!('expression' in metric)) return statOf(metric, metric.period.ms);
  const periodMs = metric.period.ms;
  return new MathExpression({
    expression: metric.expression,
    // An alarm looks at all metrics of an expression in the expression's own period.
    usingMetrics: Object.fromEntries(
      Object.entries(metric.metrics).map(([id, stat]) => [id, statOf(stat, periodMs)]),
    ),
    period: Duration.millis(periodMs),
  });
}

const statOf = (stat: MetricStat, periodMs: number) =>
  new Metric({
    namespace: stat.namespace,
    metricName: stat.name,
    statistic: stat.statistic,
    period: Duration.millis(periodMs),
    ...(stat.dimensions === undefined ? {} : { dimensionsMap: stat.dimensions }),
  });

/** How much of an FIS quota an account and Region uses (FIS user guide, "Monitor with CloudWatch"). */
export const usageMetric = (
  resource: 'ActiveExperiments' | 'ExperimentTemplates',
  options: MetricOptions = {},
): Metric =>
  new Metric({
    namespace: 'AWS/Usage',
    metricName: 'ResourceCount',
    dimensionsMap: { Type: 'Resource', Service: 'FIS', Resource: resource, Class: 'None' },
    statistic: 'Maximum',
    period: Duration.minutes(5),
    ...options,
  });
