import type { Experiment, ExperimentDefinition } from '../experiment/experiment.ts';
import type { Chosen } from '../experiment/opened.ts';
import type { PlanTarget } from './plan-target.ts';

/** What a plan is made from. */
export interface PlanRequest {
  /** The experiment as it was written. */
  readonly definition: ExperimentDefinition;
  /** The same, read. */
  readonly experiment: Experiment;
  readonly target: PlanTarget;
  /** What was chosen of what the definition opens, which `experiment` has by now; the defaults where absent. */
  readonly set?: Chosen;
  readonly seed: number;
  /** FIS's id of the template of a stage, which counts from 0; in a lab anything that names it. */
  readonly templateId: (stage: number) => string;
  /** The CloudFormation stack that will hold the launcher. */
  readonly stack?: string;
  /** In a lab: the base URL of each service, once it has started. */
  readonly urls?: Readonly<Record<string, string>>;
}
