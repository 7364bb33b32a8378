import { functionSteps } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Starts faults, confirms what they hit, and sees them to their end. */
export const handler = createHandler({
  steps: functionSteps.fault,
  build: () => createWiring(),
});
