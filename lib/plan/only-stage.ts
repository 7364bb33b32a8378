import type { Experiment } from '../experiment/experiment.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Only } from './only.ts';
import type { RunnerInput } from './runner-input.ts';

/**
 * The input of a run of one stage alone, the first is 1: the others are gone from it, and all that is left is as it was planned, the id
 * of its FIS template too. A stage that was narrowed to before stays.
 *
 * @throws {SteadfastError} `invalid` where there is no such stage
 */
export function narrowed(input: RunnerInput, stage: number): RunnerInput {
  const planned = input.stages[stage - 1];
  if (planned === undefined)
    throw new SteadfastError('invalid', noSuchStage(stage), { hint: stagesInWords(input.stages.length) });
  return {
    ...input,
    only: { stage, of: input.stages.length },
    stages: [planned],
    experiment: withOnly(input.experiment, stage),
  };
}

/** The experiment with one of its stages alone; as it is where it has no such stage. */
export function withOnly(experiment: Experiment, stage: number): Experiment {
  const own = experiment.stages[stage - 1];
  return own === undefined ? experiment : { ...experiment, stages: [own] };
}

/**
 * Narrows a run to the stage that was asked for. What names no stage stays as it was asked, and admission refuses it: such a run has a
 * record like any other that is rejected.
 */
export function narrowedAsAsked(input: RunnerInput): RunnerInput {
  const { only } = input;
  if (only === undefined || !('asked' in only)) return input;
  const { asked } = only;
  return isStage(asked, input.stages.length) ? narrowed(input, asked) : input;
}

/** The stage that a run is of alone; undefined for one of all stages. */
export const onlyOf = ({ only }: Pick<RunnerInput, 'only'>): Only | undefined =>
  only === undefined || 'asked' in only ? undefined : only;

const isStage = (asked: unknown, stages: number): asked is number =>
  typeof asked === 'number' && Number.isInteger(asked) && asked >= 1 && asked <= stages;

/** What stands in the way of running one stage of an experiment alone. */
export function problemsOfStage(
  { stages }: Pick<Experiment, 'stages'>,
  stage: number | undefined,
): Problem[] {
  if (stage === undefined || isStage(stage, stages.length)) return [];
  return [
    { code: 'no-stage', path: ['stages'], message: noSuchStage(stage), hint: stagesInWords(stages.length) },
  ];
}

/** That what was asked for is no stage, as a sentence without a full stop. */
export const noSuchStage = (asked: unknown) => `${JSON.stringify(asked)} is no stage of the experiment`;

/** Which stages there are, as a sentence. */
export const stagesInWords = (stages: number) =>
  `Its stages are ${stages === 1 ? '1 alone' : `1 to ${stages}`}; the stage is asked for as a number.`;
