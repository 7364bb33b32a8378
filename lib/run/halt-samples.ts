import { limitOf } from '../steady-state/limit.ts';
import { isMark, type Observation, type Sample } from '../steady-state/observation.ts';
import { type ProbeSpec, see } from '../steady-state/probe-spec.ts';
import type { Alarm } from '../steady-state/watch.ts';

/** So many samples say why a fault was ended; the rest is in the run's samples. */
const mostSamples = 20;

/**
 * The samples that made the watch end a fault, the newest last: those of its probe that lay beyond the limit; where it could not
 * see, those that told nothing of the system. None where none came.
 */
export function samplesBehind(
  alarm: Pick<Alarm, 'probe' | 'tolerance' | 'sinceMs'>,
  specs: readonly ProbeSpec[],
  observations: readonly Observation[],
): Sample[] {
  const { probe, tolerance, sinceMs } = alarm;
  const spec = specs.find(({ name }) => name === probe);
  if (spec === undefined) return [];
  const limit = tolerance === undefined ? undefined : limitOf(spec.tolerances, tolerance);
  const isToBlame = (sample: Sample): boolean => {
    const seen = see(spec, sample);
    return limit === undefined ? !seen.usable : seen.usable && limit.beyond(seen) === true;
  };
  return observations
    .filter((one): one is Sample => !isMark(one) && one.probe === probe && Date.parse(one.at) >= sinceMs)
    .filter(isToBlame)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(-mostSamples);
}
