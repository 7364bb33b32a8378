import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import type { PlanTarget } from '../../lib/plan/plan-target.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import { environmentTarget, slowDatabase } from './examples.ts';

/** Long enough for every action, the slowest of which lasts ten minutes at least. */
const stages = [{ share: 'one', duration: '15m' }] as const;

/** An experiment with one fault, whatever the compiler knows of it. */
export const experimentWith = (fault: unknown, changes: Partial<ExperimentDefinition> = {}) =>
  experimentSchema.parse({ ...slowDatabase, stages, ...changes, faults: { it: fault } });

/** Its problems as `code path`. */
export const problemsWith = (
  fault: unknown,
  target: PlanTarget = environmentTarget(),
  changes: Partial<ExperimentDefinition> = {},
): string[] =>
  problemsOf(experimentWith(fault, changes), target).map(({ code, path }) => `${code} ${path.join('.')}`);

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

/** A fault on whatever carries a tag, since the example environment knows ECS services only. */
export const onTagged = (action: string, parameters?: object) => ({
  action,
  selector: { tags: { Tier: 'data' } },
  ...(parameters === undefined ? {} : { parameters }),
});
