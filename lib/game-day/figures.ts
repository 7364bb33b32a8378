import type { Experiment } from '../experiment/experiment.ts';
import { isMark, type Observation } from '../steady-state/observation.ts';
import { describe, type OpenWindow, openWindow } from '../steady-state/open-window.ts';
import { probeSpecs, see } from '../steady-state/probe-spec.ts';
import { aggregatesOf, type Measured, withWindow } from './aggregates.ts';
import type { Aggregate } from './view.ts';

/** What is shown of a run's probes, gathered as its observations come: each is seen once. */
export interface Figures {
  add(observations: readonly Observation[]): void;
  aggregates(): readonly Aggregate[];
}

/** Gathers figures in the windows of the watch, from the start of the baseline on; the run's own judgement is made elsewhere. */
export function gatherFigures(
  { steadyState }: Pick<Experiment, 'steadyState'>,
  leastRatePerSecond: number,
): Figures {
  const probes = new Map(
    probeSpecs(steadyState, leastRatePerSecond).map((spec) => [
      spec.name,
      { spec, windows: new Map<number, OpenWindow>() },
    ]),
  );
  let startMs: number | undefined;
  let faultMs = Number.POSITIVE_INFINITY;

  const addOne = (one: Observation): void => {
    const atMs = Date.parse(one.at);
    startMs ??= atMs;
    if (isMark(one)) {
      if (one.mark === 'fault-start') faultMs = Math.min(faultMs, atMs);
      return;
    }
    const probe = probes.get(one.probe);
    if (probe === undefined) return;
    const { spec, windows } = probe;
    const index = Math.floor((atMs - startMs) / spec.windowMs);
    const window = windows.get(index) ?? openWindow(startMs, spec.windowMs, index);
    windows.set(index, window);
    window.tally.add(see(spec, one));
  };

  return {
    add: (observations) => {
      for (const one of observations) addOne(one);
    },
    aggregates: () => {
      let measured: Measured = {};
      for (const [name, { windows }] of probes)
        for (const [, window] of [...windows].toSorted(([a], [b]) => a - b))
          measured = withWindow(measured, steadyState, describe(name, window), window.endMs <= faultMs);
      return aggregatesOf(measured, steadyState);
    },
  };
}
