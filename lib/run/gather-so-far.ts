import { type GatheredPhases, gatherPhases } from '../steady-state/gather-phases.ts';
import type { RunContext } from './context.ts';

/**
 * Everything observed so far (or the part under a prefix of keys) by its phases, gathered as at the end of the run. Each step judges the
 * phase that it is about: what all of them together say is concluded once, and functions that observe need not hold it.
 */
export const gatherSoFar = (
  { ports, experiment, input, runId }: RunContext,
  prefix?: string,
): Promise<GatheredPhases> =>
  gatherPhases(() => ports.store.observations(runId, prefix), experiment, {
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
  });
