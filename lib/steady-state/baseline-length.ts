import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';

/** How long an experiment's probes look before any fault, paced, in milliseconds. */
export const baselineMsOf = (experiment: Pick<Experiment, 'baseline'>, pace: number): number =>
  (experiment.baseline?.ms ?? defaultMs(defaults.baseline)) * pace;
