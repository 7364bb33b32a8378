import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { PlanTarget } from '../plan-target.ts';

/** Tells where a steady state could not notice the fault; the path is that of what should be changed. */
export type LenientRule = (experiment: Experiment, target: PlanTarget) => Problem[];
