import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Column,
  CustomWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Experiment } from '../../experiment/experiment.ts';
import type { RoleName } from '../../experiment/role-names.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';
import { cdkMetricOf } from '../metrics.ts';
import { alarmsThatMatter } from './scribe-rules.ts';

/** Of the 24 columns that a dashboard has. */
const widths = { widget: 15, beside: 9 } as const;
const heights = { widget: 24, alarms: 4, graph: 6 } as const;

/**
 * A page for each role: the widget of each game day, in which that role acts, beside the alarms that matter and what the probes of its
 * experiments look at. What its function shows is a role's own, so that IAM decides who acts in it.
 */
export function createDashboards(
  scope: Construct,
  environment: DeployedEnvironment,
  options: {
    readonly gameDays: readonly GameDayInput[];
    readonly experiments: readonly Experiment[];
    readonly widgets: ReadonlyMap<RoleName, string>;
  },
): void {
  const { names } = environment;
  const { gameDays, experiments, widgets } = options;
  const alarms = alarmsThatMatter(environment, gameDays).map((arn, index) =>
    Alarm.fromAlarmArn(scope, `Alarm${index + 1}`, arn),
  );
  for (const [role, functionArn] of widgets) {
    new Dashboard(scope, `Dashboard-${role}`, {
      dashboardName: names.gameDayRole(role),
      defaultInterval: Duration.hours(3),
      widgets: gameDays.map((gameDay): IWidget[] => [
        new CustomWidget({
          title: `${gameDay.title} (${role})`,
          functionArn,
          width: widths.widget,
          height: heights.widget,
          params: { gameDay: gameDay.id },
          updateOnRefresh: true,
          updateOnResize: false,
          // It tells of the edition that is under way, whatever time the graphs show.
          updateOnTimeRangeChange: false,
        }),
        new Column(
          new AlarmStatusWidget({
            title: 'Alarms',
            alarms,
            width: widths.beside,
            height: heights.alarms,
          }),
          ...graphsOf(gameDay, experiments, environment),
        ),
      ]),
    });
  }
}

/** What the probes of its experiments look at, and the guards: as far as CloudWatch knows it. */
function graphsOf(
  gameDay: GameDayInput,
  experiments: readonly Experiment[],
  { target }: DeployedEnvironment,
): IWidget[] {
  const own = experiments.filter(({ id }) => gameDay.stages.some(({ experiment }) => experiment === id));
  const probed = own.flatMap(({ steadyState }) =>
    Object.values(steadyState).flatMap((probe) => ('metric' in probe ? [probe.metric] : [])),
  );
  const guarded = Object.values(target.guards).flatMap(({ rule }) => rule?.metric ?? []);
  return [...new Set([...probed, ...guarded])].flatMap((name) => {
    const metric = target.metrics[name];
    if (metric === undefined) return [];
    return new GraphWidget({
      title: name,
      left: [cdkMetricOf(metric)],
      width: widths.beside,
      height: heights.graph,
    });
  });
}
