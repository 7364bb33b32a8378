import type { RoleName } from '../../experiment/role-names.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { widgetOf } from '../../plan/environment-names.ts';
import { gameDaySizes } from '../function-sizes.ts';
import { alarmsOfFunction, machineMetric, messagesIn, type OwnAlarm } from '../own-alarms.ts';

/** Everything of a game day that tells people when it fails. Faults end without any of it. */
export const gameDayAlarms = (
  names: EnvironmentNames,
  gameDays: readonly { readonly id: string }[],
  roles: readonly RoleName[],
): readonly OwnAlarm[] => [
  ...alarmsOfFunction('game-day', gameDaySizes.step, names),
  ...alarmsOfFunction('scribe', gameDaySizes.scribe, names),
  ...alarmsOfFunction('desk', gameDaySizes.desk, names),
  // A widget that fails says so to whoever looks at it: one alarm is enough.
  ...roles.flatMap((role) => alarmsOfFunction(widgetOf(role), gameDaySizes.widget, names).slice(0, 1)),
  ...gameDays.flatMap(({ id }) => alarmsOfMachine(names, id)),
  {
    what: 'scribe-lost',
    description:
      'An event did not wake the scribe of game days, or it failed each time: an alarm may be missing in a timeline. The message is in the queue of failures.',
    metric: messagesIn(names.gameDayFailures),
    above: 0,
  },
];

/** One that is aborted was so by a person, who knows; its runs end by themselves. */
const alarmsOfMachine = (names: EnvironmentNames, gameDay: string): OwnAlarm[] =>
  (
    [
      ['failed', 'ExecutionsFailed', 'failed'],
      ['timed-out', 'ExecutionsTimedOut', 'ran out of time'],
    ] as const
  ).map(([what, metricName, words]) => ({
    what: `gameday-${gameDay}-${what}`,
    description: `An edition of the game day '${gameDay}' ${words} without concluding. Its runs end by themselves: make sure that no FIS experiment of theirs is active.`,
    metric: machineMetric(names.gameDayArn(gameDay), metricName),
    above: 0,
  }));
