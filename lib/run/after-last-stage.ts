import type { RunContext } from './context.ts';
import type { RunState } from './run-state.ts';

/** Where a run goes on that starts no further stage. */
export const afterLastStage = ({ experiment }: RunContext): RunState['next'] =>
  Object.keys(experiment.rollbacks ?? {}).length > 0 ? 'rollBack' : 'recover';
