import type { Experiment } from '../../experiment/experiment.ts';
import { aggregatesOf, baselineBegins, type Measured, withWindow } from '../../game-day/aggregates.ts';
import type { Aggregate } from '../../game-day/view.ts';
import type { Progress } from '../../run/progress.ts';

type SteadyState = Experiment['steadyState'];

/** What the probes of an edition's runs see, one run after another. */
export interface Measuring {
  readonly aggregates: readonly Aggregate[];
  /** Hears how a run goes whose probes are these. */
  follow(steadyState: SteadyState): Progress;
}

/** @param onSeen told that a probe has seen something new */
export function createMeasuring(onSeen: () => void): Measuring {
  let measured: Measured = {};
  let current: SteadyState = {};
  return {
    get aggregates() {
      return aggregatesOf(measured, current);
    },
    follow: (steadyState) => {
      current = steadyState;
      let isBaseline = false;
      return {
        tell: (event) => {
          if (event.kind === 'phase') {
            if (event.phase === 'baseline' && !isBaseline) measured = baselineBegins(measured);
            isBaseline = event.phase === 'baseline';
          }
          if (event.kind !== 'window') return;
          measured = withWindow(measured, steadyState, event.window, isBaseline);
          onSeen();
        },
      };
    },
  };
}
