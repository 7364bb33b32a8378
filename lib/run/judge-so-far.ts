import { type Judgement, judge } from '../steady-state/judge.ts';
import type { RunContext } from './context.ts';

/** What everything observed so far says: the same judgement as at the end of the run. */
export const judgeSoFar = ({ ports, experiment, input, runId }: RunContext): Promise<Judgement> =>
  judge(() => ports.store.observations(runId), experiment, {
    pace: input.pace,
    leastRatePerSecond: input.leastRatePerSecond,
  });
