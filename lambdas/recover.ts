import { createRecoverPorts } from '../lib/aws/ports/recover-ports.ts';
import { recover } from '../lib/run/recover.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Observes one slice of a recovery. */
export const handler = createHandler({
  steps: { recover } satisfies StepsOf<'recover'>,
  build: () => createWiring(createRecoverPorts),
});
