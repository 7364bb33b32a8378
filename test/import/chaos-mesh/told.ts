import { expect } from 'vitest';
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

/** A text that has another in it; the matchers themselves may be anything to the compiler. */
export const containing = (text: string): unknown => expect.stringContaining(text);

/** An object that has these keys, and perhaps others. */
export const holding = (keys: object): unknown => expect.objectContaining(keys);
