import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { Problem } from '../experiment/steadfast-error.ts';
import { parsePercentage, type percentage, show } from '../fis/quantity.ts';
import { type DurationLike, readDuration } from './duration-like.ts';
import { refuse } from './refuse.ts';

export interface GuardAlarmProps {
  /** Counts of what goes wrong, as sums; several are added up. */
  readonly errors: IMetric | readonly IMetric[];
  /** Counts of everything, as sums; several are added up. Whether there is data at all is taken from them. */
  readonly requests: IMetric | readonly IMetric[];
  /** The share of errors above which the alarm goes off, such as `'5%'`. */
  readonly above: z.input<ReturnType<typeof percentage>>;
  /**
   * For how long.
   *
   * @default '1m'
   */
  readonly for?: DurationLike;
  /**
   * The length of one data point: 10, 20 or 30 seconds where the metrics are that fine, else whole minutes.
   *
   * @default '1m'
   */
  readonly period?: DurationLike;
  /** @default - CloudFormation makes one up */
  readonly alarmName?: string;
  /** @default - what the alarm is for */
  readonly alarmDescription?: string;
}

/** CloudWatch takes so many metrics in an alarm on metric math (user guide, "Create an alarm based on a metric math expression"). */
const mostMetrics = 10;

/**
 * One alarm on a share of errors, for FIS to stop on.
 *
 * - Several signals are joined in it by metric math: FIS stops on at most five alarms, and its guide does not say that composite
 *   ones are among them.
 * - A metric of errors is mostly silent while all is well. Silence is filled with zero, so that it is no gap.
 * - Requests are not filled: where they are missing, the share is, and the alarm says INSUFFICIENT_DATA. A fault should not start
 *   while the alarm sees nothing; to treat missing data as good would hide that, to treat it as bad would end experiments for data
 *   that is only late.
 *
 * @example
 * const shopErrors = new GuardAlarm(this, 'ShopErrors', {
 *   errors: balancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
 *   requests: balancer.metrics.requestCount(),
 *   above: '5%',
 *   for: '2m',
 * });
 */
export class GuardAlarm extends Alarm {
  /** @throws {SteadfastError} `invalid` with all problems */
  constructor(scope: Construct, id: string, props: GuardAlarmProps) {
    const path = [scope.node.path, id].filter((part) => part !== '').join('/');
    const read = readProps(props);
    refuse(path, props, read.problems);
    const { errors, requests, percent, periodMs, lastsMs } = read;
    super(scope, id, {
      ...(props.alarmName === undefined ? {} : { alarmName: props.alarmName }),
      alarmDescription:
        props.alarmDescription ?? `More than ${props.above} errors: experiments of FIS stop on it.`,
      metric: new MathExpression({
        expression: `100 * (${filled(errors)}) / (${Object.keys(requests).join(' + ')})`,
        usingMetrics: { ...errors, ...requests },
        label: 'errors in %',
        period: Duration.millis(periodMs),
      }),
      threshold: percent,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: Math.max(1, Math.ceil(lastsMs / periodMs)),
      treatMissingData: TreatMissingData.MISSING,
    });
  }
}

type Named = Readonly<Record<string, IMetric>>;

const filled = (errors: Named): string =>
  Object.keys(errors)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');

const named = (prefix: string, metrics: IMetric | readonly IMetric[]): Named =>
  Object.fromEntries([metrics].flat().map((metric, index) => [`${prefix}${index + 1}`, metric]));

function readProps({ errors, requests, above, for: lasts = '1m', period = '1m' }: GuardAlarmProps) {
  const percent = parsePercentage(above);
  const [lastsRead, periodRead] = [readDuration(lasts), readDuration(period)];
  const all = { errors: named('errors', errors), requests: named('requests', requests) };
  const problems: Problem[] = [
    ...(percent === undefined
      ? [{ code: 'above', path: ['above'], message: `${show(above)} is no share such as '5%'` }]
      : []),
    ...('why' in lastsRead ? [{ code: 'wrong-type', path: ['for'], message: lastsRead.why }] : []),
    ...('why' in periodRead
      ? [{ code: 'wrong-type', path: ['period'], message: periodRead.why }]
      : periodProblems(periodRead)),
    ...Object.entries(all).flatMap(([key, metrics]) => metricProblems(key, metrics)),
    ...countProblems(Object.keys({ ...all.errors, ...all.requests }).length),
  ];
  return {
    ...all,
    problems,
    percent: percent === undefined ? 0 : Number.parseFloat(percent.text),
    lastsMs: 'ms' in lastsRead ? lastsRead.ms : 0,
    periodMs: 'ms' in periodRead ? periodRead.ms : 0,
  };
}

/** CloudWatch's high-resolution periods are 10, 20 and 30 seconds (PutMetricAlarm). */
const periodProblems = ({ ms, text }: { readonly ms: number; readonly text: string }): Problem[] =>
  [10_000, 20_000, 30_000].includes(ms) || (ms > 0 && ms % 60_000 === 0)
    ? []
    : [
        {
          code: 'alarm-period',
          path: ['period'],
          message: `CloudWatch makes no alarm on periods of '${text}'`,
          hint: "write '10s', '20s', '30s' or whole minutes",
        },
      ];

function metricProblems(key: string, metrics: Named): Problem[] {
  const list = Object.values(metrics);
  if (list.length === 0) return [{ code: 'missing', path: [key], message: 'names no metric' }];
  return list.flatMap((metric): Problem[] => {
    const statistic = metric.toMetricConfig().metricStat?.statistic;
    if (statistic === undefined || statistic === 'Sum') return [];
    return [
      {
        code: 'statistic',
        path: [key],
        message: `is ${statistic}, and a share can only be told of sums`,
        hint: "give the metric statistic: 'Sum'",
      },
    ];
  });
}

const countProblems = (count: number): Problem[] =>
  count <= mostMetrics
    ? []
    : [
        {
          code: 'too-many-metrics',
          path: [],
          message: `has ${count} metrics, and CloudWatch takes ${mostMetrics} in one alarm`,
          hint: 'make a second alarm',
        },
      ];
