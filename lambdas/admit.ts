import { createAdmitPorts } from '../lib/aws/ports/admit-ports.ts';
import { admit } from '../lib/run/admit.ts';
import { awaitApproval } from '../lib/run/await-approval.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Admits a run, or rejects it. */
export const handler = createHandler({
  steps: { admit, awaitApproval } satisfies StepsOf<'admit'>,
  build: () => createWiring(createAdmitPorts),
});
