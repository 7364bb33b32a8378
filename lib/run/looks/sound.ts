import type { ProbeOutcome } from '../ports.ts';
import { ofProber } from './sources.ts';

/** What nobody can have seen: numbers that are none, and an answer before its request. */
function impossible({ latencyMs, status, value }: ProbeOutcome): string | undefined {
  if (latencyMs !== undefined && !(Number.isFinite(latencyMs) && latencyMs >= 0))
    return `a latency of ${latencyMs} ms`;
  if (status !== undefined && !Number.isInteger(status)) return `the status ${status}`;
  if (value !== undefined && !Number.isFinite(value)) return `the value ${value}`;
  return undefined;
}

/** An outcome as it is; of one that holds what cannot be nothing is used but its error, and without one it is the prober's own failure. */
export function sound(outcome: ProbeOutcome): ProbeOutcome {
  const what = impossible(outcome);
  if (what === undefined) return outcome;
  return outcome.error === undefined ? ofProber(`saw ${what}, which cannot be`) : { error: outcome.error };
}
