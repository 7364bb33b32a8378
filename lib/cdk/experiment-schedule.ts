import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { partitionOf } from '../plan/aws-names.ts';
import type { SchedulePlan } from '../plan/schedule.ts';
import { scheduledStart, startAttempts } from '../plan/scheduled-start.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';

/** Starts an experiment's launcher. */
export function createSchedule(
  scope: Construct,
  options: {
    readonly experiment: string;
    readonly title: string;
    readonly schedule: SchedulePlan;
    readonly environment: DeployedEnvironment;
  },
): CfnSchedule {
  const { experiment, title, schedule, environment } = options;
  const { names, place } = environment;
  const { flexibleWindowMinutes, timeZone } = schedule;
  return new CfnSchedule(scope, 'Schedule', {
    name: names.schedule(experiment),
    description: title.slice(0, 512),
    scheduleExpression: schedule.expression,
    ...(timeZone === undefined ? {} : { scheduleExpressionTimezone: timeZone }),
    flexibleTimeWindow:
      flexibleWindowMinutes === undefined
        ? { mode: 'OFF' }
        : { mode: 'FLEXIBLE', maximumWindowInMinutes: flexibleWindowMinutes },
    target: {
      arn: `arn:${partitionOf(place.region)}:scheduler:::aws-sdk:sfn:startExecution`,
      roleArn: names.schedulerRoleArn,
      input: scheduledStart(names.launcherArn(experiment)),
      retryPolicy: {
        maximumEventAgeInSeconds: startAttempts.maximumAgeSeconds,
        maximumRetryAttempts: startAttempts.retries,
      },
      deadLetterConfig: { arn: names.missedStartsArn },
    },
  });
}
