import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import type { FisTarget } from '../../lib/plan/fis-template.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import type { PlanTarget } from '../../lib/plan/plan-target.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import { environmentTarget, slowDatabase, toldOf } from './examples.ts';

/** Long enough for every action, the slowest of which lasts ten minutes at least. */
const stages = [{ share: 'one', duration: '15m' }] as const;

/** An experiment with one fault, whatever the compiler knows of it. */
export const experimentWith = (fault: unknown, changes: Partial<ExperimentDefinition> = {}) =>
  experimentSchema.parse({ ...slowDatabase, stages, ...changes, faults: { it: fault } });

/** Its problems as `code path`, but for notes. */
export const problemsWith = (
  fault: unknown,
  target: PlanTarget = environmentTarget(),
  changes: Partial<ExperimentDefinition> = {},
): string[] => toldOf(problemsOf(experimentWith(fault, changes), target));

/** Its plan. The definition stands for any: only what was read of it is planned. */
export const planWith = (
  fault: unknown,
  target: PlanTarget = environmentTarget(),
  changes: Partial<ExperimentDefinition> = {},
) =>
  planExperiment({
    definition: slowDatabase,
    experiment: experimentWith(fault, changes),
    target,
    seed: 7,
    templateId: String,
  });

/** What it hits, as FIS is told of it in its first stage. */
export function plannedTarget(...planned: Parameters<typeof planWith>): FisTarget {
  const target = planWith(...planned).templates[0]?.targets['it'];
  if (target === undefined) throw new Error('nothing is hit');
  return target;
}

/** The tags that it is found by; none where it is declared. */
export const plannedTags = (target: FisTarget): Readonly<Record<string, string>> =>
  'resourceTags' in target ? target.resourceTags : {};

/** A fault on whatever carries a tag, since the example environment knows ECS services only. */
export const onTagged = (action: string, parameters?: object) => ({
  action,
  selector: { tags: { Tier: 'data' } },
  ...(parameters === undefined ? {} : { parameters }),
});
