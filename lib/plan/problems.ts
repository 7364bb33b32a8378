import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import type { PlanTarget } from './plan-target.ts';
import { actionProblemsOf } from './problems/action-problems.ts';
import { biteProblemsOf } from './problems/bite-problems.ts';
import { budgetProblemsOf } from './problems/budget-problems.ts';
import { controlProblemsOf } from './problems/control-problems.ts';
import { deploymentProblemsOf } from './problems/deployment-problems.ts';
import { guardProblemsOf } from './problems/guard-problems.ts';
import { nameProblemsOf } from './problems/name-problems.ts';
import { parameterProblemsOf } from './problems/parameter-problems.ts';
import { runLengthProblemsOf } from './problems/run-length-problems.ts';
import { selectorProblemsOf } from './problems/selector-problems.ts';
import { stageProblemsOf } from './problems/stage-problems.ts';
import { vantageProblemsOf } from './problems/vantage-problems.ts';
import { variantsOf } from './variants.ts';

/**
 * Everything that keeps an experiment from being planned for an environment or lab, all at once. Paths are those of the
 * experiment's document. A name that a lab declares it cannot play is a note (`not-rehearsable`): the document is right, and
 * only rehearsing it is refused.
 */
export const problemsOf = (experiment: Experiment, target: PlanTarget): Problem[] =>
  onceEach(variantsOf(experiment).flatMap((variant) => problemsOfVariant(variant.experiment, target)));

/** What is wrong with every way in which an experiment can run is said once. */
const onceEach = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

const problemsOfVariant = (experiment: Experiment, target: PlanTarget): Problem[] => [
  ...nameProblemsOf(experiment, target),
  ...actionProblemsOf(experiment, target),
  ...selectorProblemsOf(experiment, target),
  ...parameterProblemsOf(experiment, target),
  ...stageProblemsOf(experiment, target),
  ...runLengthProblemsOf(experiment, target),
  ...biteProblemsOf(experiment, target),
  ...guardProblemsOf(experiment, target),
  ...budgetProblemsOf(experiment, target),
  ...controlProblemsOf(experiment),
  ...vantageProblemsOf(experiment, target),
  ...deploymentProblemsOf(experiment, target),
];
