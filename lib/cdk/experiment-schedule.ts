import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { partitionOf } from '../plan/aws-names.ts';
import type { SchedulePlan } from '../plan/schedule.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';

/** EventBridge Scheduler would retry for 24 hours by default; a fault must not start when nobody expects it. */
const retryPolicy = { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 2 };

/** Starts an experiment's launcher. The execution is named after the schedule's, so that a repeated start is the same run. */
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
      input: JSON.stringify({
        StateMachineArn: names.launcherArn(experiment),
        Name: '<aws.scheduler.execution-id>',
        // Admission refuses a start that comes hours late.
        Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
      }),
      retryPolicy,
      deadLetterConfig: { arn: names.missedStartsArn },
    },
  });
}
