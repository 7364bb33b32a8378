import { functionSteps } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Carries out one rollback and proves it. */
export const handler = createHandler({ steps: functionSteps.rollback, build: () => createWiring() });
