import type { Control } from '../experiment/control.ts';
import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Probe } from '../experiment/probe.ts';
import { isMark, type Observation, type Sample } from '../steady-state/observation.ts';
import { type Seen, see } from '../steady-state/probe-spec.ts';
import { type Alarm, createWatch, type Watch, type WatchDigest } from '../steady-state/watch.ts';
import { observationKeys, type RunContext } from './context.ts';
import { sourcesOf } from './looks/sources.ts';
import type { RunState } from './run-state.ts';
import { sampleSlice } from './sampler.ts';

/** A phase that is observed slice by slice. */
export interface ObservedPhase {
  readonly startMs: number;
  readonly endMs: number;
  readonly slice: number;
  /** Until when slices before this one have asked. A clock that was set back meanwhile must not have it asked again. */
  readonly askedUntilMs?: number | undefined;
}

export interface ObservedSlice {
  readonly observations: readonly Observation[];
  readonly watch: Watch;
  /** When this slice ended: the phase's end, or where the next one begins. */
  readonly endedMs: number;
  /** The phase as the next slice goes on with it. */
  readonly next: ObservedPhase;
  readonly alarm: Alarm | undefined;
}

/**
 * Observes the phase's next slice of at most 60 s: samples, judges continuously, tells the windows, and keeps the samples under the
 * slice's own key. A slice that is repeated goes on from what its first try had kept, and counts none of it twice.
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
  const { ports, experiment } = context;
  const specs = [...context.specs, ...context.controls];
  const nowMs = ports.clock.now();
  const untilMs = Math.min(phase.endMs, nowMs + defaultMs(defaults.slice));
  const watch = createWatch(context.specs, phase.startMs, options.digest, state.designEffects);
  const tellWindows = (atMs: number) => {
    for (const window of watch.takeWindows()) ports.progress.tell({ kind: 'window', atMs, window });
  };
  const key = observationKeys.slice(prefix, phase.slice);
  const onSample = (probe: string, seen: Seen) => {
    watch.add(probe, seen);
    options.onSample?.(probe, seen);
  };
  const kept = await keptOf(context, key);
  for (const sample of kept) {
    const spec = specs.find((one) => one.name === sample.probe);
    if (spec !== undefined) onSample(spec.name, see(spec, sample));
  }
  const sampled = await sampleSlice({
    clock: ports.clock,
    prober: ports.prober,
    ...sourcesOf({ ports }),
    specs,
    probes: { ...experiment.steadyState, ...withoutTolerances(experiment.controls ?? {}) },
    seed: context.input.seed,
    selfChecks: state.selfChecks,
    phaseStartMs: phase.startMs,
    fromMs: Math.max(nowMs, phase.askedUntilMs ?? nowMs),
    untilMs,
    onSample,
    onPending: (probe, dueMs) => watch.pending(probe, dueMs),
    onTick: async (atMs, settledMs) => {
      const alarm = watch.tick(atMs, settledMs);
      tellWindows(atMs);
      return options.onTick(atMs, alarm, settledMs);
    },
  });
  const endedMs = ports.clock.now();
  const alarm = watch.finish(endedMs);
  tellWindows(endedMs);
  const observations = [...withoutThose(kept, sampled), ...sampled];
  await ports.store.saveObservations(state.runId, key, observations);
  const askedUntilMs = Math.max(untilMs, phase.askedUntilMs ?? untilMs);
  return { observations, watch, endedMs, next: { ...phase, slice: phase.slice + 1, askedUntilMs }, alarm };
}

/** Controls as probes: nothing is asked of what they see. */
const withoutTolerances = (controls: Readonly<Record<string, Control>>): Record<string, Probe> =>
  Object.fromEntries(Object.entries(controls).map(([name, one]) => [name, { ...one, tolerances: {} }]));

/** What an earlier try of the same slice has kept. */
async function keptOf({ ports, runId }: RunContext, key: string): Promise<Sample[]> {
  const kept: Sample[] = [];
  for await (const observation of ports.store.observations(runId, key))
    if (!isMark(observation)) kept.push(observation);
  return kept;
}

/** Without the readings of a metric that were read again. */
function withoutThose(kept: readonly Sample[], again: readonly Observation[]): Sample[] {
  const nameOf = ({ probe, at }: Sample) => `${probe} ${at}`;
  const names = new Set(again.flatMap((one) => (isMark(one) ? [] : [nameOf(one)])));
  return kept.filter((sample) => !names.has(nameOf(sample)));
}
