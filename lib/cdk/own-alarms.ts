import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  type IAlarm,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Verdict } from '../experiment/verdict.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { metricNames, metricNamespace, metricService } from '../plan/own-metrics.ts';
import { type FunctionSize, functionSizes, reportSize, stopSizes } from './function-sizes.ts';
import { handlerNames, stopNames } from './handler-bundles.ts';

/**
 * One way in which Steadfast itself fails. Each has an alarm of its own: one on several metrics costs as much, and AWS advises
 * against adding up metrics in alarms (CloudWatch user guide, "Using metric math").
 */
export interface OwnAlarm {
  /** What its name ends in. */
  readonly what: string;
  /** What has happened, and where to look. */
  readonly description: string;
  readonly metric: Metric;
  /** The alarm is raised above it. */
  readonly above: number;
}

/** Most metrics come each minute; a fault may be active that nobody watches, so no time is lost on longer periods. */
const eachMinute = Duration.minutes(1);
/** SNS reports every five minutes (SNS developer guide, "Monitoring topics using CloudWatch"). */
const everyFiveMinutes = Duration.minutes(5);
/** Of a function's time-out: a step that takes so long is about to be cut off. */
const nearTimeout = 0.9;

const makeSure = 'Make sure that no FIS experiment of the run is active.';

/** Everything of Steadfast that tells people when it fails. */
const ownAlarms = (names: EnvironmentNames): readonly OwnAlarm[] => [
  ...(
    [
      ['failed', 'ExecutionsFailed', 'The runner failed without concluding a run.'],
      ['timed-out', 'ExecutionsTimedOut', 'The runner ran out of time without concluding a run.'],
      ['aborted', 'ExecutionsAborted', 'Somebody stopped the runner, so that it did not conclude a run.'],
      [
        'throttled',
        'ExecutionThrottled',
        'Step Functions held the runner back: too much happens in the account.',
      ],
    ] as const
  ).map(([what, metricName, description]) => ({
    what,
    description: `${description} ${makeSure}`,
    metric: runnerMetric(names, metricName, eachMinute),
    above: 0,
  })),
  verdictAlarm(names, 'unrecovered', 'A run ended, and the system is not back as it was. Look at it now.'),
  verdictAlarm(names, 'errored', `Steadfast itself failed in a run, and recorded it so. ${makeSure}`),
  ...handlerNames.flatMap((name) => alarmsOfFunction(name, functionSizes[name], names)),
  ...stopNames.flatMap((name) => alarmsOfFunction(name, stopSizes[name], names)),
  ...alarmsOfFunction('report', reportSize, names),
  {
    what: 'leases-expired',
    description: `A lease was found expired: its run neither renewed it nor gave it back. ${makeSure}`,
    metric: new Metric({
      namespace: metricNamespace,
      metricName: 'LeasesExpired',
      dimensionsMap: { environment: names.id, service: 'stop' },
      statistic: 'Sum',
      period: eachMinute,
    }),
    above: 0,
  },
  {
    what: 'stop-lost',
    description:
      'An event did not wake the independent stop, the function of reports or, of another part of a campaign, that of dispatchers, or it failed each time. The message is in the queue of failures; the sweep each minute goes on.',
    metric: messagesIn(names.stopFailures),
    above: 0,
  },
  {
    what: 'dispatcher-failed',
    description:
      'The dispatcher of a campaign failed, so that nothing more is started; runs under way end by themselves. Go on with: steadfast campaign run.',
    metric: machineMetric(names.dispatcherArn, 'ExecutionsFailed'),
    above: 0,
  },
  {
    what: 'start-missed',
    description:
      'A scheduled start did not reach its launcher. The message is in the queue of missed starts.',
    metric: messagesIn(names.missedStarts),
    above: 0,
  },
  {
    what: 'untold',
    description: 'Somebody who subscribed to the topic could not be told. Look at its subscriptions.',
    metric: new Metric({
      namespace: 'AWS/SNS',
      metricName: 'NumberOfNotificationsFailed',
      dimensionsMap: { TopicName: names.topic },
      statistic: 'Sum',
      period: everyFiveMinutes,
    }),
    above: 0,
  },
];

/** A verdict that somebody has to hear of, even where nobody subscribed to the topic when it was told. */
function verdictAlarm({ id }: EnvironmentNames, verdict: Verdict, description: string): OwnAlarm {
  return {
    what: `run-${verdict}`,
    description,
    metric: new Metric({
      namespace: metricNamespace,
      metricName: metricNames.runs,
      dimensionsMap: { environment: id, service: metricService, verdict },
      statistic: 'Sum',
      period: eachMinute,
    }),
    above: 0,
  };
}

/** How many messages wait in a queue. */
export const messagesIn = (QueueName: string) =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensionsMap: { QueueName },
    statistic: 'Maximum',
    period: eachMinute,
  });

/** That a function failed, was refused, or was nearly cut off; `name` is the end of its own. */
export function alarmsOfFunction(
  name: string,
  { timeoutSeconds }: FunctionSize,
  names: EnvironmentNames,
): OwnAlarm[] {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: names.function(name) },
      statistic,
      period: eachMinute,
    });
  const itsLog = `Its log is ${names.functionLogGroup(name)}.`;
  return [
    {
      what: `${name}-failed`,
      description: `The function '${name}' failed, and was tried again where it can be. ${itsLog}`,
      metric: metric('Errors', 'Sum'),
      above: 0,
    },
    {
      what: `${name}-throttled`,
      description: `Lambda refused to run '${name}': the account's functions are at their limit. ${makeSure}`,
      metric: metric('Throttles', 'Sum'),
      above: 0,
    },
    {
      what: `${name}-slow`,
      description: `The function '${name}' took nearly as long as it may, before it is cut off. ${itsLog}`,
      metric: metric('Duration', 'Maximum'),
      above: timeoutSeconds * 1_000 * nearTimeout,
    },
  ];
}

/** A metric of all executions of the runner. */
export const runnerMetric = (names: EnvironmentNames, metricName: string, period: Duration): Metric =>
  machineMetric(names.runnerArn, metricName, period);

/** A metric of all executions of a state machine. */
export const machineMetric = (
  StateMachineArn: string,
  metricName: string,
  period: Duration = eachMinute,
): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName,
    dimensionsMap: { StateMachineArn },
    statistic: 'Sum',
    period,
  });

const alarmName = (names: EnvironmentNames, { what }: OwnAlarm) => `${names.runner}-${what}`;

/** Alarms on Steadfast's own failures, which tell the topic; by default those that every environment has. */
export function createOwnAlarms(
  scope: Construct,
  names: EnvironmentNames,
  alarms: readonly OwnAlarm[] = ownAlarms(names),
): void {
  const tell = new SnsAction(Topic.fromTopicArn(scope, 'Topic', names.topicArn));
  for (const alarm of alarms) {
    new Alarm(scope, `Alarm-${alarm.what}`, {
      alarmName: alarmName(names, alarm),
      alarmDescription: alarm.description,
      metric: alarm.metric,
      threshold: alarm.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // These metrics are silent when all is well.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(tell);
  }
}

/** The same as the dashboard shows them. They are in another stack, and known by their names. */
export function ownAlarmsWidget(scope: Construct, names: EnvironmentNames): AlarmStatusWidget {
  const alarms = ownAlarms(names).map(
    (alarm): IAlarm =>
      Alarm.fromAlarmArn(
        scope,
        `Own-${alarm.what}`,
        names.arn('cloudwatch', `alarm:${alarmName(names, alarm)}`),
      ),
  );
  return new AlarmStatusWidget({ title: 'Steadfast itself', alarms, width: 24, height: 6 });
}
