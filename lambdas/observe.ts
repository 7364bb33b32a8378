import { createObservePorts } from '../lib/aws/ports/observe-ports.ts';
import { baseline } from '../lib/run/baseline.ts';
import { observeStage } from '../lib/run/observe-stage.ts';
import { soak } from '../lib/run/soak.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createWiring } from './wiring.ts';

/** Observes one slice of a baseline, a stage or a soak. */
export const handler = createHandler({
  steps: { baseline, observeStage, soak } satisfies StepsOf<'observe'>,
  build: () => createWiring(createObservePorts),
});
