import { metricSchema } from '../experiment/environment-metric.ts';
import { alarmName } from './aws-names.ts';
import type { MetricDefinition, PlanTarget } from './plan-target.ts';

/** The alarm that Steadfast makes for a guard by metric. */
export interface GuardAlarm {
  readonly guard: string;
  readonly name: string;
  readonly description: string;
  readonly metric: MetricDefinition;
  readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  readonly periodSeconds: number;
  /** Periods in a row that must be beyond the threshold. */
  readonly evaluationPeriods: number;
  /**
   * Always `missing`: an alarm without data says INSUFFICIENT_DATA, and admission refuses to start on a guard that sees
   * nothing. `notBreaching` would report a blind guard as well; `breaching` would end runs for data that is only late. A metric
   * that is silent when all is well, such as a count of errors, is made dense by metric math: `FILL(errors, 0)`.
   */
  readonly treatMissingData: 'missing';
}

/** The alarms of a target's guards by metric, in the order of the guards. */
export function alarmsOf(target: PlanTarget): GuardAlarm[] {
  return Object.entries(target.guards).flatMap(([guard, { rule, watches }]) => {
    const metric = rule === undefined ? undefined : target.metrics[rule.metric];
    const threshold = rule?.above ?? rule?.below;
    if (rule === undefined || metric === undefined || threshold === undefined) return [];
    const periodMs = periodMsOf(metric);
    return {
      guard,
      name: alarmName(target.id, guard),
      description: `Steadfast's guard '${guard}' of ${target.id}${watches === undefined ? '' : `, watching ${watches}`}: FIS stops experiments on it.`,
      metric,
      comparison: rule.above === undefined ? 'LessThanThreshold' : 'GreaterThanThreshold',
      threshold,
      periodSeconds: periodMs / 1_000,
      evaluationPeriods: Math.max(1, Math.ceil(rule.forMs / periodMs)),
      treatMissingData: 'missing',
    };
  });
}

/** The period of a metric in milliseconds, its default where it says none. */
const periodMsOf = (metric: MetricDefinition): number => metricSchema.parse(metric).period.ms;
