import { type Judgement, judge } from '../steady-state/judge.ts';
import type { RunContext } from './context.ts';

/** What everything observed so far says (or the part under a prefix of keys): the same judgement as at the end of the run. */
export const judgeSoFar = (
  { ports, experiment, input, runId }: RunContext,
  prefix?: string,
): Promise<Judgement> =>
  judge(() => ports.store.observations(runId, prefix), experiment, {
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
  });
