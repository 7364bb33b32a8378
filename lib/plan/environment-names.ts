import { createHash } from 'node:crypto';
import { experimentListPath, type Place, partitionOf } from './aws-names.ts';

/** Longest names that AWS takes (Step Functions, EventBridge Scheduler: API references). */
const longest = { stateMachine: 80, schedule: 64 } as const;

/** What the names of an environment are made from. */
export interface EnvironmentPlace extends Place {
  readonly id: string;
}

/**
 * The names of everything that one environment's stacks share. They are derived, never exported, so that no stack holds another
 * back, and an app in another repository finds them too.
 */
export function environmentNames({ id, account, region }: EnvironmentPlace) {
  const prefix = `steadfast-${id}`;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  const global = (service: string, resource: string) =>
    `arn:${partitionOf(region)}:${service}::${account}:${resource}`;
  const fisLogGroup = `/aws/vendedlogs/steadfast/${id}/fis`;
  const stateLogGroup = `/aws/vendedlogs/states/${prefix}`;
  // Apart from the launchers' names, so that who may start launchers cannot start the runner itself.
  const runner = `steadfast-runner-${id}`;
  const stopFailures = `${prefix}-stop-failures`;
  const halt = `steadfast-halt-${id}`;
  const dispatcher = `steadfast-dispatcher-${id}`;
  const launcher = (experiment: string) => shorten(`${prefix}-${experiment}`, longest.stateMachine);
  const missedStarts = `${prefix}-missed-starts`;
  const launcherRole = `${prefix}-launcher`;
  const schedulerRole = `${prefix}-scheduler`;
  // Apart from the launchers' names as well: who may start those may neither begin nor end an edition of a game day.
  const gameDayPrefix = `steadfast-gameday-${id}-`;
  const gameDay = (gameDayId: string) => shorten(`${gameDayPrefix}${gameDayId}`, longest.stateMachine);
  const gameDayFailures = `${prefix}-game-day-failures`;
  const ofRole = (role: string) => `${prefix}-gameday-${role}`;
  return {
    /** The environment's. */
    id,
    stack: (part: string) => `${prefix}-${part}`,
    table: prefix,
    tableArn: arn('dynamodb', `table/${prefix}`),
    // At most 63 characters: 10, an id of 40, and the account that makes it unique in the world.
    bucket: `${prefix}-${account}`,
    bucketArn: `arn:${partitionOf(region)}:s3:::${prefix}-${account}`,
    topic: prefix,
    topicArn: arn('sns', prefix),
    function: (name: string) => `${prefix}-${name}`,
    functionLogGroup: (name: string) => `/aws/lambda/${prefix}-${name}`,
    functionLogGroupArn: (name: string) => arn('logs', `log-group:/aws/lambda/${prefix}-${name}`),
    runner,
    runnerArn: arn('states', `stateMachine:${runner}`),
    runnerExecutionsArn: arn('states', `execution:${runner}:*`),
    halt,
    haltArn: arn('states', `stateMachine:${halt}`),
    haltExecutionsArn: arn('states', `execution:${halt}:*`),
    dispatcher,
    dispatcherArn: arn('states', `stateMachine:${dispatcher}`),
    dispatcherExecutionsArn: arn('states', `execution:${dispatcher}:*`),
    // What the dispatchers of one campaign in other accounts and Regions tell this one, and the role by which this one tells them.
    campaignBus: `${prefix}-campaigns`,
    campaignBusArn: arn('events', `event-bus/${prefix}-campaigns`),
    dispatchRole: `${prefix}-dispatch`,
    dispatchRoleArn: global('iam', `role/${prefix}-dispatch`),
    endRunsArn: arn('lambda', `function:${prefix}-end-first`),
    stopFailures,
    stopFailuresArn: arn('sqs', stopFailures),
    launcher,
    launcherArn: (experiment: string) => arn('states', `stateMachine:${launcher(experiment)}`),
    launchersArn: arn('states', `stateMachine:${prefix}-*`),
    launcherExecutionsArn: arn('states', `execution:${prefix}-*:*`),
    schedule: (experiment: string) => shorten(`${prefix}-${experiment}`, longest.schedule),
    schedulesArn: arn('scheduler', `schedule/default/${prefix}-*`),
    launcherRole,
    launcherRoleArn: global('iam', `role/${launcherRole}`),
    schedulerRole,
    schedulerRoleArn: global('iam', `role/${schedulerRole}`),
    missedStarts,
    missedStartsArn: arn('sqs', missedStarts),
    fisLogGroup,
    // FIS and Step Functions want the ARN of a log group to end in ':*'.
    fisLogGroupArn: arn('logs', `log-group:${fisLogGroup}:*`),
    stateLogGroup,
    stateLogGroupArn: arn('logs', `log-group:${stateLogGroup}:*`),
    dashboard: prefix,
    dashboardArn: global('cloudwatch', `dashboard/${prefix}`),
    gameDay,
    gameDayArn: (gameDayId: string) => arn('states', `stateMachine:${gameDay(gameDayId)}`),
    gameDaysArn: arn('states', `stateMachine:${gameDayPrefix}*`),
    gameDayExecutionsArn: arn('states', `execution:${gameDayPrefix}*:*`),
    gameDayFailures,
    gameDayFailuresArn: arn('sqs', gameDayFailures),
    /** The dashboard of a role of game days, and the policy that lets people act in it. */
    gameDayRole: ofRole,
    gameDayDashboardArn: (role: string) => global('cloudwatch', `dashboard/${ofRole(role)}`),
    /** The function behind the widget on that dashboard. */
    gameDayWidget: (role: string) => `${prefix}-${widgetOf(role)}`,
    gameDayWidgetArn: (role: string) => arn('lambda', `function:${prefix}-${widgetOf(role)}`),
    gameDayDeskArn: arn('lambda', `function:${prefix}-desk`),
    /** The key that evidence is signed with. */
    evidenceAlias: `alias/${prefix}-evidence`,
    parameter: (name: string) => `/steadfast/${id}/${name}`,
    /** The path of the parameters that list the deployed experiments. */
    experimentList: experimentListPath(id),
    arn,
  };
}

/** The end of the name of the function behind a role's widget: short, since a function's name has 64 characters at most. */
export const widgetOf = (role: string) => `view-${role}`;

export type EnvironmentNames = ReturnType<typeof environmentNames>;

/** The text itself while it fits, else its beginning and a hash of all of it. */
export function shorten(text: string, longestLength: number): string {
  if (text.length <= longestLength) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${text.slice(0, longestLength - hash.length - 1)}-${hash}`;
}
