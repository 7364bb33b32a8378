import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { GuardAlarm } from '../plan/alarms.ts';
import { cdkMetricOf } from './metrics.ts';

const comparisons: Record<GuardAlarm['comparison'], ComparisonOperator> = {
  GreaterThanThreshold: ComparisonOperator.GREATER_THAN_THRESHOLD,
  LessThanThreshold: ComparisonOperator.LESS_THAN_THRESHOLD,
};

const missingData: Record<GuardAlarm['treatMissingData'], TreatMissingData> = {
  missing: TreatMissingData.MISSING,
};

/** The alarms that FIS stops on, where they do not exist already. */
export const createGuardAlarms = (scope: Construct, alarms: readonly GuardAlarm[]): Alarm[] =>
  alarms.map(
    (alarm) =>
      new Alarm(scope, `Guard-${alarm.guard}`, {
        alarmName: alarm.name,
        alarmDescription: alarm.description,
        metric: cdkMetricOf(alarm.metric),
        threshold: alarm.threshold,
        comparisonOperator: comparisons[alarm.comparison],
        evaluationPeriods: alarm.evaluationPeriods,
        treatMissingData: missingData[alarm.treatMissingData],
      }),
  );
