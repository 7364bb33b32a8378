import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { alarmsOf } from '../alarms.ts';
import { namesIn } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { alarmPlaceProblems } from './alarm-place-problems.ts';

/** CloudWatch looks at most a day back when an alarm's periods are shorter than an hour (alarm limits). */
const longestEvaluationSeconds = 86_400;

/**
 * A fault needs a guard that FIS can stop on by itself: an alarm of the target's own account and Region, at most five of them. Others
 * may be polled by the runner besides.
 */
export function guardProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  const path = target.kind === 'lab' ? ['lab'] : ['environments', target.id];
  return [
    ...numberProblems(target, path),
    ...alarmPlaceProblems(target, path),
    ...alarmPeriods(target, path),
    ...namedByFaults(experiment, target),
  ];
}

function numberProblems(target: PlanTarget, path: Problem['path']): Problem[] {
  const guards = Object.values(target.guards);
  const stopping = guards.filter(({ readBy }) => readBy === undefined).length;
  if (guards.length === 0) {
    return [
      {
        code: 'no-guard',
        path,
        message: `${targetName(target)} has no guard, so nothing would stop the fault by itself`,
        hint: `add a guard to ${targetName(target)}`,
      },
    ];
  }
  if (stopping === 0) {
    return [
      {
        code: 'only-polled-guards',
        path,
        message: `the runner would poll every guard of ${targetName(target)}, so FIS would stop on none, and nothing would stop the fault if the runner died`,
        hint: "add a guard without 'readBy': an alarm of the environment's own account and Region, or a metric",
      },
    ];
  }
  if (stopping > fisLimits.stopConditions) {
    return [
      {
        code: 'too-many-guards',
        path,
        message: `${targetName(target)} has ${stopping} guards, and FIS stops on at most ${fisLimits.stopConditions} alarms`,
        hint: 'join several in one metric by an expression',
      },
    ];
  }
  return [];
}

/** FIS looks at alarms by its own role, which is of this account. */
const namedByFaults = (experiment: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([fault, written]) =>
    namesIn(written).flatMap(({ kind, name, path }): Problem[] =>
      kind !== 'guard' || target.guards[name]?.readBy === undefined
        ? []
        : [
            {
              code: 'polled-guard-named',
              path: ['faults', fault, ...path],
              message: `FIS cannot look at the guard '${name}' of ${targetName(target)}, which is an alarm of another account or Region`,
              hint: "name a guard without 'readBy'",
            },
          ],
    ),
  );

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
