import { defaults } from '../experiment/defaults.ts';
import type { Observation } from '../steady-state/observation.ts';
import type { Seen } from '../steady-state/probe-spec.ts';
import { type Alarm, createWatch, type Watch, type WatchDigest } from '../steady-state/watch.ts';
import { defaultMs, observationKeys, type RunContext } from './context.ts';
import type { RunState } from './run-state.ts';
import { sampleSlice } from './sampler.ts';

/** A phase that is observed slice by slice. */
export interface ObservedPhase {
  readonly startMs: number;
  readonly endMs: number;
  readonly slice: number;
}

export interface ObservedSlice {
  readonly observations: readonly Observation[];
  readonly watch: Watch;
  /** When this slice ended: the phase's end, or where the next one begins. */
  readonly endedMs: number;
  readonly alarm: Alarm | undefined;
}

/**
 * Observes the phase's next slice of at most 60 s: samples, judges continuously, tells the windows, and keeps the samples under the
 * slice's own key, so that a slice that is repeated replaces itself.
 */
export async function observeSlice(
  context: RunContext,
  state: RunState,
  phase: ObservedPhase,
  prefix: string,
  options: {
    readonly digest?: WatchDigest | undefined;
    readonly onSample?: (probe: string, seen: Seen) => void;
    /** True ends the slice. */
    readonly onTick: (nowMs: number, alarm: Alarm | undefined, settledMs: number) => Promise<boolean>;
  },
): Promise<ObservedSlice> {
  const { ports, specs, experiment } = context;
  const nowMs = ports.clock.now();
  const untilMs = Math.min(phase.endMs, nowMs + defaultMs(defaults.slice));
  const watch = createWatch(specs, phase.startMs, options.digest);
  const tellWindows = (atMs: number) => {
    for (const window of watch.takeWindows()) ports.progress.tell({ kind: 'window', atMs, window });
  };
  const observations = await sampleSlice({
    clock: ports.clock,
    prober: ports.prober,
    metrics: ports.metrics,
    specs,
    probes: experiment.steadyState,
    phaseStartMs: phase.startMs,
    fromMs: nowMs,
    untilMs,
    onSample: (probe, seen) => {
      watch.add(probe, seen);
      options.onSample?.(probe, seen);
    },
    onTick: async (atMs, settledMs) => {
      const alarm = watch.tick(atMs);
      tellWindows(atMs);
      return options.onTick(atMs, alarm, settledMs);
    },
  });
  const endedMs = ports.clock.now();
  const alarm = watch.finish(endedMs);
  tellWindows(endedMs);
  await ports.store.saveObservations(state.runId, observationKeys.slice(prefix, phase.slice), observations);
  return { observations, watch, endedMs, alarm };
}
