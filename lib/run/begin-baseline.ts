import { baselineMs, type RunContext } from './context.ts';
import type { RunState } from './run-state.ts';
import { startTraffic } from './traffic.ts';

/** The last of what comes before the baseline: what makes traffic is started, where the experiment names something. */
export async function beginBaseline(context: RunContext, state: RunState): Promise<RunState> {
  const started = await startTraffic(context);
  if (started === undefined) return { ...state, next: 'conclude' };
  const startMs = context.ports.clock.now();
  return {
    ...state,
    ...started,
    next: 'baseline',
    phase: { startMs, endMs: startMs + baselineMs(context), slice: 0 },
  };
}
