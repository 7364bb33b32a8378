import type { Amounts } from '../prices.ts';

/** What tells environments apart by what they cost. */
export interface StandingFacts {
  /** Metrics behind the alarms that Steadfast makes of guards: each is charged like an alarm. */
  readonly guardMetrics: number;
}

/** How many metrics a guard's alarm looks at: one, or those of its expression. */
export const metricsIn = (metric: object | undefined): number =>
  metric !== undefined && 'metrics' in metric ? Object.keys(metric.metrics ?? {}).length : 1;

/** What an environment has whether or not anything runs, but for what it stores. Tests hold these against the stacks. */
export const standingParts = { alarms: 41, dashboards: 1, keys: 1, sweepMemoryMb: 512 } as const;

/** The sweep that ends what has outlived its run wakes each minute. */
const sweepsInMonth = (365 * 24 * 60) / 12;
/** What one does where nothing runs: it reads FIS, the leases and the runs under way. Assumed rather long. */
const sweepSeconds = 1;
const sweepReads = 4;
const sweepLogBytes = 1_000;
const gigabyte = 1_000_000_000;

/** What an environment needs in a month in which nothing runs. */
export const standingAmountsOf = ({ guardMetrics }: StandingFacts): Amounts => ({
  alarmMonth: standingParts.alarms + guardMetrics,
  dashboardMonth: standingParts.dashboards,
  kmsKeyMonth: standingParts.keys,
  lambdaRequest: sweepsInMonth,
  lambdaGbSecond: (sweepsInMonth * sweepSeconds * standingParts.sweepMemoryMb) / 1_024,
  dynamoDbRead: sweepsInMonth * sweepReads,
  trace: sweepsInMonth,
  logGbIngested: (sweepsInMonth * sweepLogBytes) / gigabyte,
});
