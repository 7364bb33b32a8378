import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { metricNames, metricNamespace } from '../plan/own-metrics.ts';
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
    /** The team's own pages, by title. */
    readonly dashboards: Readonly<Record<string, string>>;
  },
): Dashboard {
  const { names, target, alarms, dashboards } = options;
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
      ...resultWidgets(target.id, dashboards),
      [ownAlarmsWidget(scope, names)],
    ],
  });
}

/** A metric that the functions write for each experiment; those that have one are found by a search, since experiments come and go. */
const searched = (
  environment: string,
  metric: string,
  options: { readonly dimensions: string; readonly statistic: string; readonly periodSeconds: number },
) =>
  new MathExpression({
    expression: `SEARCH('{${metricNamespace},${options.dimensions}} MetricName="${metric}" environment="${environment}"', '${options.statistic}', ${options.periodSeconds})`,
    usingMetrics: {},
    period: Duration.seconds(options.periodSeconds),
    label: '',
  });

const day = 86_400;
const hour = 3_600;

/** One line for each experiment and verdict. */
const verdicts = (environment: string) =>
  searched(environment, metricNames.runs, {
    dimensions: 'environment,experiment,service,verdict',
    statistic: 'Sum',
    periodSeconds: day,
  });

/** One line for each experiment. */
const ofRuns = (environment: string, metric: string, statistic: string) =>
  searched(environment, metric, {
    dimensions: 'environment,experiment,service',
    statistic,
    periodSeconds: hour,
  });

/** What each run came to, and where the teams' own pages are. */
function resultWidgets(id: string, dashboards: Readonly<Record<string, string>>): IWidget[][] {
  const third = { width: 8, height: 6 };
  const figure = (title: string, metric: string, statistic = 'Maximum') =>
    new GraphWidget({ ...third, title, left: [ofRuns(id, metric, statistic)] });
  const links = Object.entries(dashboards).map(([name, url]) => `[${name}](${url})`);
  return [
    ...(links.length === 0
      ? []
      : [[new TextWidget({ markdown: `**See also** ${links.join(' · ')}`, width: 24, height: 1 })]]),
    [
      figure('Seconds until harm was seen', metricNames.detect),
      figure('Seconds until steady state was back', metricNames.recover),
      figure('Seconds with an active fault', metricNames.exposure, 'Sum'),
    ],
    [figure('Share of faults that reached the system, in percent', metricNames.bite, 'Minimum')],
  ];
}

/** The runner succeeds whenever it concluded, whatever the verdict. */
const runnerFailures = (names: EnvironmentNames) =>
  ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metricName) =>
    runnerMetric(names, metricName, Duration.minutes(5)),
  );
