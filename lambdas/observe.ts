import { functionSteps } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Observes one slice of a baseline, a stage or a recovery. */
export const handler = createHandler({
  steps: functionSteps.observe,
  build: () => createWiring(),
});
