import type { Alarm } from '../steady-state/watch.ts';
import type { RunContext } from './context.ts';
import { iso } from './iso.ts';
import type { RunState } from './run-state.ts';

/** What the watch ends a phase for. */
export const haltBy = (alarm: Alarm | undefined, nowMs: number): RunState['halt'] =>
  alarm && { by: alarm.by, reason: alarm.reason, at: iso(nowMs) };

/** A person's wish to end the run. */
export async function haltByPerson({ ports, runId }: RunContext, nowMs: number): Promise<RunState['halt']> {
  const asked = await ports.halts.requested(runId);
  return asked && { by: 'person', reason: asked.reason, at: iso(nowMs) };
}
