import { type Judgement, judgePhases } from '../steady-state/judge-phases.ts';
import type { RunContext } from './context.ts';

/** What everything observed so far says (or the part under a prefix of keys), before any recovery: the same judgement as at the end of the run. */
export const judgeSoFar = (
  { ports, experiment, input, runId }: RunContext,
  prefix?: string,
): Promise<Judgement> =>
  judgePhases(() => ports.store.observations(runId, prefix), experiment, {
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
  });
