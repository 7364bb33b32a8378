import type { GameDay } from '../../experiment/game-day.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { parseAlarmArn } from '../../plan/alarm-arn.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';

/** Alarms that could not be heard where the game day takes place. */
export function alertProblemsOf(gameDay: GameDay, targets: readonly PlanTarget[]): Problem[] {
  const isOnlyRehearsed = gameDay.environments === undefined;
  return gameDay.stages.flatMap(({ alerts = {} }, index) =>
    Object.entries(alerts).flatMap(([name, { alarm }]) =>
      targets.flatMap((target) =>
        alarmProblems(alarm, target, { targets, isOnlyRehearsed }).map((problem) => ({
          ...problem,
          path: ['stages', index, 'alerts', name, 'alarm'],
        })),
      ),
    ),
  );
}

/** Where else the game day takes place. */
interface Places {
  readonly targets: readonly PlanTarget[];
  readonly isOnlyRehearsed: boolean;
}

function alarmProblems(alarm: string, target: PlanTarget, places: Places): Omit<Problem, 'path'>[] {
  const guard = target.guards[alarm];
  if (guard?.readBy !== undefined) {
    return [
      {
        code: 'foreign-alarm',
        message: `the guard '${alarm}' of ${targetName(target)} is an alarm of another account or Region, of which nothing is heard`,
        hint: "name an alarm of the environment's own account and Region",
      },
    ];
  }
  if (guard !== undefined) return [];
  const named = target.alarms[alarm] ?? alarm;
  if (named.startsWith('arn:')) return arnProblems(named, target);
  return Object.hasOwn(target.alarms, alarm) ? [] : nameProblems(alarm, target, places);
}

function arnProblems(alarm: string, target: PlanTarget): Omit<Problem, 'path'>[] {
  const arn = parseAlarmArn(alarm);
  if (arn === undefined) {
    return [
      {
        code: 'no-alarm',
        message: `'${alarm}' is no alarm`,
        hint: "write a guard's name, an alarm's, or its ARN: arn:aws:cloudwatch:<region>:<account>:alarm:<name>",
      },
    ];
  }
  if (target.kind === 'lab') return [unheard(alarm, target)];
  if (arn.account === target.account && arn.region === target.region) return [];
  return [
    {
      code: 'foreign-alarm',
      message: `'${alarm}' is an alarm of account ${arn.account} in ${arn.region}, of which ${targetName(target)} hears nothing`,
      hint: "name a guard, which each environment can mean its own alarm by, or an alarm of the environment's account and Region",
    },
  ];
}

function nameProblems(alarm: string, target: PlanTarget, places: Places): Omit<Problem, 'path'>[] {
  const reason = target.notRehearsable.guard[alarm];
  if (reason !== undefined) {
    return [
      {
        code: 'not-rehearsable',
        severity: 'note',
        message: `the guard '${alarm}' is not played in ${targetName(target)}: ${reason}`,
      },
    ];
  }
  const candidates = [...Object.keys(target.guards), ...Object.keys(target.alarms)];
  const isGuardElsewhere = places.targets.some(({ guards }) => Object.hasOwn(guards, alarm));
  const isAlarmElsewhere = places.targets.some(({ alarms }) => Object.hasOwn(alarms, alarm));
  // What calls people in AWS only is no reason not to rehearse.
  const mustBeThere = isGuardElsewhere || (isAlarmElsewhere && target.kind === 'environment');
  if (mustBeThere || places.isOnlyRehearsed) {
    return [
      {
        code: 'unknown-name',
        message: `no ${isGuardElsewhere ? 'guard' : 'alarm'} is called '${alarm}' in ${targetName(target)}`,
        hint: `add '${alarm}' to the ${isGuardElsewhere ? 'guards' : 'alarms'} of ${targetName(target)}, or name one that it has`,
        candidates,
      },
    ];
  }
  if (target.kind === 'lab') return [unheard(alarm, target)];
  return [
    {
      code: 'taken-for-alarm',
      severity: 'note',
      message: `no guard or alarm is called '${alarm}' in ${targetName(target)}: it is taken for the name of an alarm there`,
      candidates,
    },
  ];
}

const unheard = (alarm: string, target: PlanTarget): Omit<Problem, 'path'> => ({
  code: 'not-rehearsable',
  severity: 'note',
  message: `'${alarm}' is an alarm of AWS, so that rehearsals in ${targetName(target)} do not wait for it`,
});
