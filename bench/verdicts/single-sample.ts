import type { Experiment } from '../../lib/experiment/experiment.ts';
import type { Verdict } from '../../lib/experiment/verdict.ts';
import { isMark, type Mark, type Observation, type Sample } from '../../lib/steady-state/observation.ts';
import { timeoutMs } from './service.ts';

/**
 * What a tool says that looks once before the fault and once right after it, with a time-out of 2 s: a good answer, and a value within
 * its tolerance, is steady state. It looks at no percentile, no error rate and no bite, and no data is nothing wrong.
 */
export function singleSampleVerdict(trace: readonly Observation[], experiment: Experiment): Verdict {
  const marks = trace.filter(isMark);
  const samples = trace.filter((line): line is Sample => !isMark(line));
  const atOf = (name: Mark['mark']) => marks.find(({ mark }) => mark === name)?.at;
  const [faultStart, faultEnd] = [atOf('fault-start'), atOf('fault-end')];
  const probes = Object.entries(experiment.steadyState);
  const wellBefore = probes.every(([name, { tolerances }]) =>
    isWell(
      samples.findLast(({ probe, at }) => probe === name && (faultStart === undefined || at < faultStart)),
      tolerances,
    ),
  );
  if (!wellBefore) return 'rejected';
  if (faultEnd === undefined) return 'held';
  const wellAfter = probes.every(([name, { tolerances }]) =>
    isWell(
      samples.find(({ probe, at }) => probe === name && at >= faultEnd),
      tolerances,
    ),
  );
  return wellAfter ? 'held' : 'deviated';
}

function isWell(
  sample: Sample | undefined,
  { age, count, value }: Experiment['steadyState'][string]['tolerances'],
): boolean {
  if (sample === undefined) return true;
  const { error, status = 200, latencyMs = 0, value: seen } = sample;
  if (error !== undefined || status < 200 || status > 399 || latencyMs >= timeoutMs) return false;
  if (seen === undefined) return true;
  return (
    (age === undefined || seen * 1_000 < age.below.ms) &&
    (count === undefined || seen >= count.atLeast) &&
    (value?.below === undefined || seen < value.below) &&
    (value?.above === undefined || seen > value.above)
  );
}
