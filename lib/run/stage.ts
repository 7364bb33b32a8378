import { SteadfastError } from '../experiment/steadfast-error.ts';
import { observationKeys, type RunContext, record } from './context.ts';
import { iso } from './iso.ts';
import type { FaultState } from './ports.ts';
import type { RunState } from './run-state.ts';

/** How much longer than its template an FIS experiment may run before it is taken for stuck: its starting and stopping. */
export const graceMs = 120_000;

const terminal: readonly FaultState['status'][] = ['completed', 'stopped', 'failed', 'cancelled'];

export const isTerminal = (state: FaultState): boolean => terminal.includes(state.status);

/** The stage under way. */
export function stageOf({ input }: RunContext, state: RunState) {
  const stage = input.stages[state.stage];
  if (stage === undefined) throw new SteadfastError('internal', `the run has no stage ${state.stage}`);
  return stage;
}

/** Marks where the fault began; the mark is in place before the stage is judged, whichever slice learned of it. */
export async function markFaultStart(context: RunContext, state: RunState, startMs: number): Promise<void> {
  const stage = stageOf(context, state);
  const key = observationKeys.start(observationKeys.stage(state.stage));
  await context.ports.store.saveObservations(context.runId, key, [
    { at: iso(startMs), mark: 'fault-start', stage: stage.label },
  ]);
  await record(context, `stage-${state.stage}-began`, {
    kind: 'stage',
    at: iso(startMs),
    stage: state.stage,
    set: { start: iso(startMs) },
  });
}
