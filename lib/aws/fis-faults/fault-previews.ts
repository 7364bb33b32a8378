import type { FisClient } from '@aws-sdk/client-fis';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import type { Clock, FaultInjector } from '../../run/ports.ts';
import { isTerminal, readExperiment, resolvedTargets, statusOf } from '../fis-experiment.ts';
import { startPreview } from '../fis-start.ts';
import { pollMs } from './pace.ts';
import { runTags, stageOf } from './stage-of.ts';
import { stopExperiment } from './stop-experiment.ts';

/** A preview resolves targets and skips the rest: seconds, with logging set up for the first time some fifteen. Longer than this and it is given up (and stopped). */
const previewWithinMs = 60_000;

export interface FaultPreviewOptions {
  readonly fis: FisClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}

/** Previews by AWS FIS: experiments that resolve their targets and do nothing to them, and the end of one that takes too long. */
export function createFaultPreviews(options: FaultPreviewOptions): Pick<FaultInjector, 'preview' | 'stop'> {
  const { fis, clock, input } = options;
  const stop = (id: string) => stopExperiment(fis, id);
  return {
    stop,

    preview: async (stage, runId) => {
      const tags = { ...runTags(input, runId), 'steadfast:preview': 'true' };
      const { templateId, label } = stageOf(input, stage);
      const id = await startPreview(fis, { templateId, token: `${runId}-preview-${stage}`, tags }, stop);
      const untilMs = clock.now() + previewWithinMs;
      for (;;) {
        const { state } = await readExperiment(fis, id);
        const status = statusOf(state);
        if (status === 'completed') return resolvedTargets(fis, id);
        if (isTerminal(status)) {
          throw new SteadfastError(
            'invalid',
            `the preview of stage ${label} ended as ${status}: ${state?.reason ?? 'FIS gave no reason'}`,
            {
              hint: `look at experiment ${id} in the FIS console; often nothing matches the selector, or the safety lever is engaged`,
            },
          );
        }
        if (clock.now() >= untilMs) {
          await stop(id);
          throw new SteadfastError(
            'busy',
            `the preview of stage ${label} took longer than ${previewWithinMs / 1_000} s, so it was stopped (experiment ${id})`,
            {
              hint: 'FIS is slow here: start again in some minutes, and see the experiment in the FIS console',
            },
          );
        }
        await clock.sleep(pollMs);
      }
    },
  };
}
