import { createConcludePorts } from '../lib/aws/ports/conclude-ports.ts';
import { conclude } from '../lib/run/conclude.ts';
import type { StepsOf } from './function-steps.ts';
import { createHandler } from './handler.ts';
import { createVerdictMetric } from './verdict-metric.ts';
import { createWiring } from './wiring.ts';

/** Judges a run, writes its journal, tells of it and releases its lease. */
export const handler = createHandler({
  steps: { conclude } satisfies StepsOf<'conclude'>,
  build: () => createWiring(createConcludePorts, { countVerdict: createVerdictMetric() }),
});
