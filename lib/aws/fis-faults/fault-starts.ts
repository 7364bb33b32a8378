import type { FisClient } from '@aws-sdk/client-fis';
import type { RunnerInput } from '../../plan/runner-input.ts';
import type { FaultInjector } from '../../run/ports.ts';
import { startExperiment } from '../fis-start.ts';
import { runTags, stageOf } from './stage-of.ts';

/** Starts faults by AWS FIS, from the templates of one experiment's stages. */
export function createFaultStarts(options: {
  readonly fis: FisClient;
  readonly input: RunnerInput;
}): Pick<FaultInjector, 'start'> {
  const { fis, input } = options;
  return {
    start: async (stage, { runId, token }) => ({
      experimentId: await startExperiment(fis, {
        templateId: stageOf(input, stage).templateId,
        token,
        tags: runTags(input, runId),
      }),
    }),
  };
}
