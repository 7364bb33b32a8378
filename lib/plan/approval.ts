import { approvalMsOf } from '../experiment/approval.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { PlanTarget } from './plan-target.ts';

/** How long a run waits for its approval there; undefined where neither the target nor the experiment's own deployment asks for one. */
export function approvalMsIn(experiment: Experiment, target: PlanTarget): number | undefined {
  const own =
    target.kind === 'environment' ? approvalMsOf(experiment.environments?.[target.id]?.approval) : undefined;
  const waits = [target.approvalMs, own].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.min(...waits);
}
