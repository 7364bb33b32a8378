import type { Experiment } from '../experiment/experiment.ts';
import type { GameDay } from '../experiment/game-day.ts';
import { withOnly } from '../plan/only-stage.ts';
import type { KnownExperiment } from './known-definitions.ts';

export type WrittenStage = GameDay['stages'][number];

/** The experiment that a stage of a game day runs; undefined where nobody knows it. */
export const experimentOf = (
  { experiment }: WrittenStage,
  experiments: readonly KnownExperiment[],
): Experiment | undefined => experiments.find(({ id }) => id === experiment)?.parsed;

/** What a stage of a game day runs of its experiment: all of its stages, or the one that it names. */
export const ranOf = (experiment: Experiment, { stage }: WrittenStage): Experiment =>
  stage === undefined ? experiment : withOnly(experiment, stage);
