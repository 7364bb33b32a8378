/**
 * How often and how long EventBridge Scheduler tries to start a launcher. By default it would try for 24 hours; a fault must not start
 * when nobody expects it. Admission refuses what comes later still (lib/run/admission/check-start-time.ts).
 */
export const startAttempts = { maximumAgeSeconds: 300, retries: 2 } as const;

/**
 * What EventBridge Scheduler asks of Step Functions to start a launcher, with its own words for what only it knows. The execution is
 * named after the schedule's, so that a repeated start is the same run, and is told when it was to start.
 */
export const scheduledStart = (launcherArn: string): string =>
  JSON.stringify({
    StateMachineArn: launcherArn,
    Name: '<aws.scheduler.execution-id>',
    Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
  });
