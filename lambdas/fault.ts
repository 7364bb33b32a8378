import { createFaultPorts } from '../lib/aws/ports/fault-ports.ts';
import { confirmTargets } from '../lib/run/confirm-targets.ts';
import { endFault } from '../lib/run/end-fault.ts';
import { startStage } from '../lib/run/start-stage.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Starts faults, confirms what they hit, and sees them to their end. */
export const handler = createHandler({
  steps: { startStage, confirmTargets, endFault } satisfies StepsOf<'fault'>,
  build: () => createWiring(createFaultPorts),
});
