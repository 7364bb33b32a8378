import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type Verdict, verdicts } from '../experiment/verdict.ts';
import { metricNames, metricNamespace, metricService } from '../plan/own-metrics.ts';

/** What the handlers count: `Runs`, by these dimensions (lambdas/verdict-metric.ts). */
const counted = { namespace: metricNamespace, metricName: metricNames.runs } as const;

interface Counted {
  readonly environment: string;
  readonly experiment: string;
}

/** How often runs of an experiment ended with a verdict. Silent while none does. */
export const verdictMetric = (
  { environment, experiment }: Counted,
  verdict: Verdict,
  options: MetricOptions = {},
): Metric =>
  new Metric({
    ...counted,
    dimensionsMap: { service: metricService, environment, experiment, verdict },
    statistic: 'Sum',
    period: Duration.days(1),
    label: verdict,
    ...options,
  });

/** How often an experiment ran, whatever the verdict: zero while it does not. */
export const runsMetric = (
  experiment: Counted,
  {
    period = Duration.days(1),
    label = 'runs',
    color,
  }: Pick<MetricOptions, 'period' | 'label' | 'color'> = {},
): MathExpression =>
  new MathExpression({
    expression: verdicts.map((verdict) => `FILL(${verdict}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(
      verdicts.map((verdict) => [verdict, verdictMetric(experiment, verdict, { period })]),
    ),
    period,
    label,
    ...(color === undefined ? {} : { color }),
  });
