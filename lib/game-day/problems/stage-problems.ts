import type { GameDay } from '../../experiment/game-day.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';
import { openInWords } from '../../plan/variants.ts';
import type { KnownExperiment } from '../known-definitions.ts';
import { experimentOf, type WrittenStage } from '../stage-experiment.ts';

/** What a stage asks of its experiment that this does not have. */
export function stageProblemsOf(
  stage: WrittenStage,
  index: number,
  experiments: readonly KnownExperiment[],
): Problem[] {
  const experiment = experimentOf(stage, experiments);
  if (experiment === undefined) return [];
  const { length } = experiment.stages;
  const path = ['stages', index];
  const beyond: Problem[] =
    stage.stage === undefined || stage.stage <= length
      ? []
      : [
          {
            code: 'no-stage',
            path: [...path, 'stage'],
            message: `'${experiment.id}' has ${length} ${length === 1 ? 'stage' : 'stages'}, and no ${stage.stage}`,
            hint: 'the first is 1; leave it out to run all of them',
          },
        ];
  const opens = experiment.opens ?? {};
  const notOpen = Object.entries(stage.set ?? {}).flatMap(([name, value]): Problem[] => {
    const values = opens[name];
    if (values === undefined) {
      return [
        {
          code: 'not-open',
          path: [...path, 'set', name],
          message: `'${experiment.id}' opens no '${name}'`,
          hint: `open to be set: ${openInWords(experiment)}`,
          ...(Object.keys(opens).length === 0 ? {} : { candidates: Object.keys(opens) }),
        },
      ];
    }
    if (values.map(String).includes(value)) return [];
    return [
      {
        code: 'not-open',
        path: [...path, 'set', name],
        message: `'${value}' is none of the values that '${experiment.id}' opens as '${name}': ${values.join(', ')}`,
        candidates: values.map(String),
      },
    ];
  });
  return [...beyond, ...notOpen, ...predictionProblems(stage, path, experiments)];
}

/** Predictions that are shown by what the experiment does not judge. */
function predictionProblems(
  stage: WrittenStage,
  path: Problem['path'],
  experiments: readonly KnownExperiment[],
): Problem[] {
  const experiment = experimentOf(stage, experiments);
  const candidates = Object.entries(experiment?.steadyState ?? {}).flatMap(([probe, { tolerances }]) =>
    Object.entries(tolerances ?? {}).flatMap(([tolerance, limit]) =>
      limit === undefined ? [] : [`${probe}.${tolerance}`],
    ),
  );
  return Object.entries(stage.predictions ?? {}).flatMap(([name, prediction]): Problem[] => {
    if (typeof prediction === 'string' || candidates.includes(prediction.shownBy)) return [];
    return [
      {
        code: 'unknown-name',
        path: [...path, 'predictions', name, 'shownBy'],
        message: `'${stage.experiment}' has no tolerance '${prediction.shownBy}'`,
        candidates,
      },
    ];
  });
}

/** Experiments that do not run where the game day takes place. */
export const placeProblemsOf = (
  gameDay: GameDay,
  experiments: readonly KnownExperiment[],
  target: PlanTarget,
): Problem[] =>
  gameDay.stages.flatMap((stage, index): Problem[] => {
    const experiment = experimentOf(stage, experiments);
    if (experiment === undefined) return [];
    const path = ['stages', index, 'experiment'];
    if (target.kind === 'lab') {
      if (experiment.lab === target.id) return [];
      const where = experiment.lab === undefined ? 'in none' : `in the lab '${experiment.lab}'`;
      return [
        {
          code: 'not-here',
          path,
          message: `'${experiment.id}' is rehearsed ${where}, and the game day in the ${targetName(target)}`,
          hint: `write lab: '${target.id}' in the experiment, or name its lab in the game day`,
        },
      ];
    }
    if (experiment.environments !== undefined && Object.hasOwn(experiment.environments, target.id)) return [];
    return [
      {
        code: 'not-here',
        path,
        message: `'${experiment.id}' is not deployed in ${targetName(target)}, where the game day takes place`,
        hint: `add '${target.id}' to the environments of the experiment, or take it out of those of the game day`,
      },
    ];
  });
