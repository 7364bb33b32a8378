import type { Metric } from '../../experiment/environment-metric.ts';
import type { Amounts } from '../prices.ts';

/** What tells environments apart by what they cost. */
export interface StandingFacts {
  /** Metrics behind the alarms that Steadfast makes of guards: each is charged like an alarm. */
  readonly guardMetrics: number;
}

/** How many metrics a guard's alarm looks at. */
export const metricsIn = (metric: Metric | undefined): number =>
  metric !== undefined && 'expression' in metric ? Object.keys(metric.metrics).length : 1;

/** What an environment has whether or not anything runs, but for what it stores. Tests hold these against the stacks. */
export const standingParts = { alarms: 35, dashboards: 1, keys: 1 } as const;

/** What an environment needs in a month in which nothing runs. */
export const standingAmountsOf = ({ guardMetrics }: StandingFacts): Amounts => ({
  alarmMonth: standingParts.alarms + guardMetrics,
  dashboardMonth: standingParts.dashboards,
  kmsKeyMonth: standingParts.keys,
});
