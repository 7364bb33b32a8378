import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { isWhole } from './whole.ts';

/** EventBridge Scheduler's longest flexible window, in minutes (user guide, "Flexible time windows"). */
const longestWindowMinutes = 1_440;

/** What can be done in a lab only, and what EventBridge Scheduler would refuse. */
export function deploymentProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  if (target.kind === 'lab') return [];
  const commands = Object.entries(experiment.rollbacks ?? {}).flatMap(([name, rollback]): Problem[] =>
    'command' in rollback
      ? [
          {
            code: 'command-rollback',
            path: ['rollbacks', name, 'command'],
            message: `a command runs in a lab only, and the experiment is deployed to ${targetName(target)}`,
            hint: 'roll back by lambda, ssmAutomation or http',
          },
        ]
      : [],
  );
  const window = experiment.environments?.[target.id]?.flexibleWindow;
  const minutes = (window?.ms ?? 60_000) / 60_000;
  if (window === undefined || (isWhole(minutes) && minutes >= 1 && minutes <= longestWindowMinutes))
    return commands;
  return [
    ...commands,
    {
      code: 'flexible-window',
      path: ['environments', target.id, 'flexibleWindow'],
      message: `'${window.text}' is no whole number of minutes from 1 to ${longestWindowMinutes}, which EventBridge Scheduler asks for`,
      hint: "write it in minutes, such as '15m'",
    },
  ];
}
