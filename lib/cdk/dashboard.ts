import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  MathExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { cdkMetricOf, usageMetric } from './metrics.ts';
import { ownAlarmsWidget, runnerMetric } from './own-alarms.ts';

/** One page per environment: its guards, its verdicts, the runner's health, and how near FIS is to its limit. */
export function createDashboard(
  scope: Construct,
  options: {
    readonly names: EnvironmentNames;
    readonly target: PlanTarget;
    readonly alarms: readonly Alarm[];
  },
): Dashboard {
  const { names, target, alarms } = options;
  const guarding = Object.values(target.guards).flatMap(({ rule }) => rule?.metric ?? []);
  const metrics = guarding.flatMap((name) => target.metrics[name] ?? []);
  const half = { width: 12, height: 6 };
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    defaultInterval: Duration.days(7),
    widgets: [
      ...(alarms.length === 0
        ? []
        : [[new AlarmStatusWidget({ title: 'Guards', alarms: [...alarms], width: 24, height: 3 })]]),
      [
        new GraphWidget({ ...half, title: 'Verdicts', left: [verdicts(target.id)], stacked: true }),
        ...(metrics.length === 0
          ? []
          : [new GraphWidget({ ...half, title: 'What the guards watch', left: metrics.map(cdkMetricOf) })]),
      ],
      [
        new GraphWidget({
          ...half,
          title: 'Runs that Steadfast did not conclude',
          left: runnerFailures(names),
        }),
        new GraphWidget({
          ...half,
          title: 'Active FIS experiments of the account (of 5)',
          left: [usageMetric('ActiveExperiments')],
        }),
      ],
      [ownAlarmsWidget(scope, names)],
    ],
  });
}

/** Counted by the handlers: one line for each experiment and verdict. */
const verdicts = (environment: string) =>
  new MathExpression({
    expression: `SEARCH('Namespace="Steadfast" MetricName="Runs" environment="${environment}"', 'Sum', 86400)`,
    usingMetrics: {},
    period: Duration.days(1),
    label: '',
  });

/** The runner succeeds whenever it concluded, whatever the verdict. */
const runnerFailures = (names: EnvironmentNames) =>
  ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metricName) =>
    runnerMetric(names, metricName, Duration.minutes(5)),
  );
