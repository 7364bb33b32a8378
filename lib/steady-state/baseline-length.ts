import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseDuration } from '../fis/quantity.ts';

/** How long an experiment's probes look before any fault, paced, in milliseconds. */
export const baselineMsOf = (experiment: Pick<Experiment, 'baseline'>, pace: number): number =>
  (experiment.baseline?.ms ?? parseDuration(defaults.baseline)?.ms ?? 0) * pace;
