import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { alarmsOf } from '../alarms.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';

/** CloudWatch looks at most a day back when an alarm's periods are shorter than an hour (alarm limits). */
const longestEvaluationSeconds = 86_400;

/** A fault needs a guard that FIS can stop on: an alarm of the target's own account and Region, at most five of them. */
export function guardProblemsOf(target: PlanTarget): Problem[] {
  const path = target.kind === 'lab' ? ['lab'] : ['environments', target.id];
  const guards = Object.entries(target.guards);
  const problems: Problem[] = [];
  if (guards.length === 0) {
    problems.push({
      code: 'no-guard',
      path,
      message: `${targetName(target)} has no guard, so nothing would stop the fault by itself`,
      hint: `add a guard to ${targetName(target)}`,
    });
  }
  if (guards.length > fisLimits.stopConditions) {
    problems.push({
      code: 'too-many-guards',
      path,
      message: `${targetName(target)} has ${guards.length} guards, and FIS stops on at most ${fisLimits.stopConditions} alarms`,
      hint: 'join several in one metric by an expression',
    });
  }
  return [...problems, ...foreignAlarms(target, path), ...alarmPeriods(target, path)];
}

function foreignAlarms(target: PlanTarget, path: Problem['path']): Problem[] {
  return Object.entries(target.guards).flatMap(([name, { alarm }]): Problem[] => {
    const [arn, , , region, account] = alarm.split(':');
    if (arn !== 'arn' || (region === target.region && account === target.account)) return [];
    return [
      {
        code: 'foreign-alarm',
        path,
        message: `the guard '${name}' of ${targetName(target)} is an alarm of account ${account} in ${region}, and FIS stops only on alarms of the environment's own account and Region`,
        hint: 'make an alarm there over the shared metric',
      },
    ];
  });
}

function alarmPeriods(target: PlanTarget, path: Problem['path']): Problem[] {
  return alarmsOf(target).flatMap(({ guard, periodSeconds, evaluationPeriods }): Problem[] => {
    // CloudWatch's high-resolution periods are 10, 20 and 30 seconds (PutMetricAlarm).
    if (![10, 20, 30].includes(periodSeconds) && periodSeconds % 60 !== 0) {
      return [
        {
          code: 'alarm-period',
          path,
          message: `the metric of the guard '${guard}' of ${targetName(target)} has a period of ${periodSeconds} s, on which CloudWatch makes no alarm`,
          hint: 'write 10s, 20s, 30s or whole minutes',
        },
      ];
    }
    if (periodSeconds < 3_600 && periodSeconds * evaluationPeriods > longestEvaluationSeconds) {
      return [
        {
          code: 'alarm-period',
          path,
          message: `the guard '${guard}' of ${targetName(target)} looks back more than a day, which CloudWatch does not`,
          hint: "shorten its 'for'",
        },
      ];
    }
    return [];
  });
}
