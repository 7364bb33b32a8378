import { createRollbackPorts } from '../lib/aws/ports/rollback-ports.ts';
import { rollBack } from '../lib/run/roll-back.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Carries out one rollback and proves it. */
export const handler = createHandler({
  steps: { rollBack } satisfies StepsOf<'rollback'>,
  build: () => createWiring(createRollbackPorts),
});
