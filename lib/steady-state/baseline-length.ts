import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';

/**
 * How long an experiment's probes look before any fault, paced, in milliseconds: as long as is asked, and where a metric's data is late,
 * so much longer, and never less than makes half of it readable. What has not come yet shows nothing, and nothing is not well.
 */
export function baselineMsOf(
  { baseline, steadyState }: Pick<Experiment, 'baseline' | 'steadyState'>,
  pace: number,
): number {
  const askedMs = (baseline?.ms ?? defaultMs(defaults.baseline)) * pace;
  const late = Object.values(steadyState).map((probe) => {
    const delayMs = 'metric' in probe ? (probe.delay?.ms ?? defaultMs(defaults.delay)) : 0;
    if (!('metric' in probe) || delayMs === 0) return askedMs;
    const intervalMs = probe.every?.ms ?? defaultMs(defaults.every);
    return Math.max(askedMs, delayMs + 2 * intervalMs) + delayMs;
  });
  return Math.max(askedMs, ...late);
}
