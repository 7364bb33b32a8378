import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { inside } from '../../experiment/vantage-point-names.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { requestsOf } from './name-uses.ts';

/** Nothing can be asked from inside an environment that declares no vantage point; a lab is all inside. */
export function vantageProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  if (target.kind === 'lab' || Object.keys(target.vantagePoints).length > 0) return [];
  return requestsOf(experiment).flatMap(({ request, path }): Problem[] =>
    request.from === inside
      ? [
          {
            code: 'no-vantage-point',
            path: [...path, 'from'],
            message: `${targetName(target)} has no vantage point to ask from`,
            hint: `declare one under vantagePoints of ${targetName(target)}, or leave 'from' out`,
          },
        ]
      : [],
  );
}
