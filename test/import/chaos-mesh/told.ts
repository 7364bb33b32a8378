import {
  type Experiment,
  type ExperimentDefinition,
  experimentSchema,
} from '../../../lib/experiment/experiment.ts';
import type { ImportResult } from '../../../lib/import/import-source.ts';

/** The experiments that came out. */
export const definitionsOf = ({ definitions }: ImportResult): ExperimentDefinition[] =>
  definitions.flatMap((one) => (one.kind === 'experiment' ? [one.definition] : []));

export const readOf = (definition: ExperimentDefinition): Experiment => experimentSchema.parse(definition);
