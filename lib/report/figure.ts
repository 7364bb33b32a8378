import type { BaselineProbe, ToleranceJudgement, ToleranceState } from '../steady-state/judgement.ts';
import type { Window } from '../steady-state/window.ts';
import { formatIn, type Unit } from './format.ts';
import { highest, median } from './numbers.ts';

/** One number of the table of figures. */
export interface Figure {
  readonly text: string;
  /** Of the middle window, where nothing was recorded for the whole stretch. */
  readonly typical?: boolean;
  /** How it stands to its tolerance, where that was judged. */
  readonly state?: ToleranceState;
}

export const latencyMeasures = ['p50', 'p95', 'p99'] as const;

/** The measure if it is a percentile that windows have. */
const asLatency = (measure: string) => latencyMeasures.find((name) => name === measure);

/** What a judgement saw, in words. Missed with nothing to show for it: so many got no answer that there is no percentile. */
export function observedText({ observed, state, unit }: ToleranceJudgement): string {
  if (observed !== undefined) return formatIn(unit, observed);
  return state === 'missed' ? 'no answer' : 'no data';
}

/** What a judgement saw, as a figure. */
export function judgedFigure(judgement: ToleranceJudgement | undefined): Figure | undefined {
  if (judgement === undefined) return undefined;
  return { text: observedText(judgement), state: judgement.state };
}

/** What windows alone tell of a measure. Percentiles cannot be pooled from windows, so that theirs is the middle window's. */
export function windowFigure(windows: readonly Window[], measure: string, unit: Unit): Figure | undefined {
  const latency = asLatency(measure);
  if (latency !== undefined) {
    const middle = median(windows.flatMap((window) => window[`${latency}Ms`] ?? []));
    return middle === undefined ? undefined : { text: formatIn('ms', middle), typical: true };
  }
  if (measure === 'errorRate') {
    const count = windows.reduce((sum, window) => sum + window.count, 0);
    const errors = windows.reduce((sum, window) => sum + window.errors, 0);
    return count === 0 ? undefined : { text: formatIn('ratio', errors / count) };
  }
  const values = windows.flatMap((window) => window.highestValue ?? []);
  return values.length === 0 ? undefined : { text: formatIn(unit, highest(values)) };
}

/** What the baseline's record tells of a measure. */
export function baselineFigure(
  baseline: BaselineProbe | undefined,
  measure: string,
  unit: Unit,
): Figure | undefined {
  const latency = asLatency(measure);
  const value =
    latency !== undefined
      ? baseline?.[`${latency}Ms`]
      : measure === 'errorRate'
        ? baseline?.errorRate
        : baseline?.highestValue;
  return value === undefined ? undefined : { text: formatIn(unit, value) };
}
