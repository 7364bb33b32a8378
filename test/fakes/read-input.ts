import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { findLabFault } from '../../lib/experiment/lab-faults/lab-faults.ts';
import { findAction } from '../../lib/fis/catalogue.ts';
import { factsOf } from '../../lib/plan/run-facts.ts';
import type { RunnerInputDocument } from '../../lib/plan/runner-input.ts';

/** What the plan reads out of a definition for the runner. */
export function readInput(definition: unknown): Pick<RunnerInputDocument, 'actions' | 'experiment'> {
  const experiment = experimentSchema.parse(definition);
  const actions = Object.values(experiment.faults).flatMap(({ action }) => {
    const known = findAction(action) ?? findLabFault(action);
    return known === undefined ? [] : [[action, factsOf(known)] as const];
  });
  return { experiment, actions: Object.fromEntries(actions) };
}
