import { functionSteps } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Admits a run, or rejects it. */
export const handler = createHandler({ steps: functionSteps.admit, build: () => createWiring() });
