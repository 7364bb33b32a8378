import { Duration } from 'aws-cdk-lib';
import { Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { GameDayInput } from '../../game-day/input.ts';
import { parseAlarmArn } from '../../plan/alarm-arn.ts';
import { alarmArn, alarmName } from '../../plan/aws-names.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';

/** How much of a pattern a rule takes (EventBridge quotas, "Event pattern size"), less what stands around the ARNs of alarms. */
const longestPattern = 2_048 - 248;

/** What stands around an ARN in a pattern. */
const around = '{"prefix":""},'.length;

/** CloudTrail delivers an event in about five minutes (CloudTrail user guide): asking more often finds nothing sooner. */
const askedEvery = Duration.minutes(1);

/**
 * Wakes the scribe when an alarm that matters changes: a guard of the environment, an alarm of its incidents, or one that a game day expects;
 * and each minute, when it looks for changes in the account and for game days that are overdue. Outside of an edition it writes nothing.
 */
export function wakeScribe(
  scope: Construct,
  environment: DeployedEnvironment,
  gameDays: readonly GameDayInput[],
  target: () => LambdaTarget,
): void {
  for (const [index, arns] of inPatterns(environment, gameDays).entries()) {
    new Rule(scope, `AlarmsChanged${index === 0 ? '' : index + 1}`, {
      description: `Steadfast: an alarm that matters to game days in ${environment.target.id} has changed`,
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        resources: Match.anyOf(
          ...arns.map((arn) => (arn.endsWith('*') ? Match.prefix(arn.slice(0, -1)) : Match.exactString(arn))),
        ),
      },
      targets: [target()],
    });
  }
  new Rule(scope, 'ScribeLooks', {
    description: `Steadfast: the scribe of game days in ${environment.target.id} looks for what nobody tells it`,
    schedule: Schedule.rate(askedEvery),
    targets: [target()],
  });
}

/**
 * The alarms, in as many patterns as it takes. Those that Steadfast makes of guards begin alike, and come and go without these rules: for
 * them stands what they begin with, and a `*`.
 */
function inPatterns(environment: DeployedEnvironment, gameDays: readonly GameDayInput[]): string[][] {
  const own = alarmArn(alarmName(environment.target.id, ''), environment.place);
  const others = alarmsThatMatter(environment, gameDays).filter((arn) => !arn.startsWith(own));
  const patterns: string[][] = [];
  let left = 0;
  for (const arn of [`${own}*`, ...others]) {
    const length = arn.length + around;
    if (length > left) {
      patterns.push([]);
      left = longestPattern;
    }
    patterns.at(-1)?.push(arn);
    left -= length;
  }
  return patterns;
}

/** By their ARNs, each once. What is elsewhere tells nothing here: the runner polls it. */
export function alarmsThatMatter(
  { target, place }: DeployedEnvironment,
  gameDays: readonly GameDayInput[],
): readonly string[] {
  const named = [
    ...Object.values(target.guards).map(({ alarm }) => alarm),
    ...target.incidentAlarms.map(({ alarm }) => alarm),
    ...gameDays.flatMap(({ stages }) =>
      stages.flatMap(({ alerts }) => Object.values(alerts).map(({ alarm }) => alarm)),
    ),
  ];
  const arns = named.map((one) => alarmArn(one, place));
  return [...new Set(arns)].filter((arn) => {
    const parts = parseAlarmArn(arn);
    return parts?.account === place.account && parts.region === place.region;
  });
}
