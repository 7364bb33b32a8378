import { messageOf } from '../experiment/steadfast-error.ts';
import { note, type RunContext } from './context.ts';
import type { RunState } from './run-state.ts';

/**
 * Asks for the end of the stage's fault. A refusal is written down and no error: the step that sees the fault to its end comes next
 * and asks again until it has it, and why the fault was to end is not lost.
 */
export async function stopFault(context: RunContext, state: RunState, experimentId: string): Promise<void> {
  try {
    await context.ports.faults.stop(experimentId);
  } catch (cause) {
    await note(
      context,
      `stage-${state.stage}-stop-failed`,
      'fault',
      `FIS experiment ${experimentId} could not be stopped (${messageOf(cause)}); it is tried again.`,
    );
  }
}
