import type { Experiment } from '../../experiment/experiment.ts';
import { stageLabel } from '../../experiment/fault-parts.ts';
import { drawnOf } from '../../plan/forecast/stage-draws.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { listedFaults } from '../ownership.ts';
import { type Refusal, resultOf, type TargetCheck } from './check.ts';
import { countsByFault } from './check-targets.ts';

/** What is wrong with what the stages draw of so many targets of a fault. */
export const drawRefusals = (
  { experiment, input }: { readonly experiment: Experiment; readonly input: Pick<RunnerInput, 'actions'> },
  fault: string,
  found: number,
): Refusal[] => {
  const action = experiment.faults[fault]?.action ?? '';
  return experiment.stages.flatMap((stage): Refusal[] => {
    const label = stageLabel(stage);
    const count = drawnOf(stage, found);
    if (found > 0 && count === 0) {
      return [
        {
          evidence: `stage ${label} draws nothing of the ${found} targets of fault ${fault}, since FIS rounds down`,
          hint: `Write a share of ${Math.ceil(100 / found)}% or more, or 'one'.`,
        },
      ];
    }
    const most = input.actions[action]?.target?.maximum;
    if (most === undefined || count <= most) return [];
    return [
      {
        evidence: `stage ${label} draws ${count} targets of fault ${fault}, and FIS takes ${most} at most for ${action}`,
        hint: `Write a share of ${Math.floor((100 * most) / found)}% or less, or narrow the selector.`,
      },
    ];
  });
};

/** Each stage draws at least one target of each fault, and no more than FIS takes for its action. Pods are counted by the preview. */
export const checkCounts: TargetCheck = async ({ input, experiment }, targets) => {
  const faults = countsByFault(listedFaults(input.selects), targets);
  const refusals = faults.flatMap(([fault, found]) => drawRefusals({ experiment, input }, fault, found));
  const counts = experiment.stages.map((stage) => {
    const each = faults.map(([fault, found]) => `${drawnOf(stage, found)} of ${found} (${fault})`);
    return `${stageLabel(stage)} ${each.join(', ') || 'what is not listed'}`;
  });
  return resultOf(
    { check: 'counts', rejection: 'targets' },
    refusals,
    `FIS takes what the stages draw: ${counts.join('; ')}`,
  );
};
