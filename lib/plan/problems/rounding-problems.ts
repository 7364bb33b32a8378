import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault, Stage } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { percentOf } from '../../fis/quantity.ts';
import { resourceTypeFacts } from '../../fis/resource-types.ts';
import { targetArnsOf } from '../declared.ts';
import { actionOf } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';

/** FIS rounds a percentage of the targets down, and fails on nothing: what is declared can be counted, the rest only at admission. */
export function roundingProblemsOf(
  { share }: Stage,
  index: number,
  experiment: Experiment,
  target: PlanTarget,
): Problem[] {
  if (target.kind === 'lab' || share === 'one' || !('text' in share)) return [];
  const percent = percentOf(share);
  if (percent <= 0 || percent >= 100) return [];
  const path = ['stages', index, 'share'];
  const needed = Math.ceil(100 / percent);
  const hit = Object.entries(experiment.faults).filter(([, fault]) => actionOf(fault).target !== undefined);
  const counted = hit.filter(([, fault]) => isCounted(fault));
  const tooFew = counted.flatMap(([name, fault]): Problem[] => {
    const count = targetArnsOf(fault, target).length;
    if (count === 0 || count >= needed) return [];
    return [
      {
        code: 'rounds-to-nothing',
        path,
        message: `'${share.text}' of the ${count === 1 ? 'one target' : `${count} targets`} of the fault '${name}' in ${targetName(target)} is less than one, and FIS fails`,
        hint: `write 'one', or '${Math.ceil(100 / count)}%' or more`,
      },
    ];
  });
  if (tooFew.length > 0 || hit.length === counted.length) return tooFew;
  if (needed > target.limits.targets) {
    return [
      {
        code: 'rounds-to-nothing',
        path,
        message: `'${share.text}' is at least one target only of ${needed} or more, and ${targetName(target)} lets a fault hit ${target.limits.targets} at most`,
        hint: `write 'one', or '${Math.ceil(100 / target.limits.targets)}%' or more`,
      },
    ];
  }
  // That half of one is nothing needs no telling; admission counts, and says so.
  if (needed <= 2) return [];
  return [
    {
      code: 'may-round-to-nothing',
      severity: 'note',
      path,
      message: `'${share.text}' of fewer than ${needed} targets is less than one, and FIS fails`,
      hint: `see that there are ${needed} or more, or write 'one'`,
    },
  ];
}

/** Whether a plan can count what a fault may hit: what FIS is told by ARN. */
function isCounted(fault: Fault): boolean {
  const resourceType = actionOf(fault).target?.resourceType;
  if (resourceType === undefined) return false;
  const { byTag, byArn } = resourceTypeFacts(resourceType);
  return byArn && !byTag;
}
