import type { GameDay } from '../experiment/game-day.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { type KnownDefinitions, type KnownExperiment, targetsOf, unknown } from './known-definitions.ts';
import { alertProblemsOf } from './problems/alert-problems.ts';
import { guardProblemsOf } from './problems/guard-problems.ts';
import { peopleProblemsOf } from './problems/people-problems.ts';
import { placeProblemsOf, stageProblemsOf } from './problems/stage-problems.ts';
import { timeProblemsOf } from './problems/time-problems.ts';

/** Everything that keeps a game day from taking place where it says, all at once. Paths are those of its document. */
export function problemsOfGameDay({
  gameDay,
  project,
}: {
  readonly gameDay: GameDay;
  readonly project: KnownDefinitions;
}): Problem[] {
  const { targets, problems } = targetsOf(gameDay, project);
  const strangers = gameDay.stages.flatMap(({ experiment }, index) =>
    project.experiments.some(({ id }) => id === experiment)
      ? []
      : [unknown(project, 'experiment', experiment, ['stages', index, 'experiment'])],
  );
  return [...problems, ...strangers, ...problemsIn(gameDay, project.experiments, targets)];
}

/** The same of the experiments and targets that are known. */
export const problemsIn = (
  gameDay: GameDay,
  experiments: readonly KnownExperiment[],
  targets: readonly PlanTarget[],
): Problem[] => [
  ...gameDay.stages.flatMap((stage, index) => stageProblemsOf(stage, index, experiments)),
  ...targets.flatMap((target) => placeProblemsOf(gameDay, experiments, target)),
  ...targets.flatMap((target) => guardProblemsOf(gameDay, target)),
  ...alertProblemsOf(gameDay, targets),
  ...peopleProblemsOf(gameDay),
  ...targets.flatMap((target) => timeProblemsOf(gameDay, experiments, target)),
];
