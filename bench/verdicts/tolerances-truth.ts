import type { ProbeSpec } from '../../lib/steady-state/probe-spec.ts';
import { designEffectOf } from './design-effect.ts';
import { readingsBeyond } from './each-truth.ts';
import { isGauge, looksIn, type Watched } from './scene.ts';
import { beyondShare, failingShare } from './service.ts';
import { shareLimits } from './share-limits.ts';
import { type Certainty, eachState, shareState, sightState } from './states.ts';

/** What is true of each tolerance of a probe over [from, to), and whether so many looks can show it. */
export function tolerancesTruth(
  spec: ProbeSpec,
  watched: Watched,
  { from, to }: { from: number; to: number },
): Certainty[] {
  const times = looksIn(watched, from, to).filter((t) => (watched.sight?.(t) ?? 'system') === 'system');
  const sight = sightState(times, { from, to }, spec.blindMs / 1_000);
  const states = stateOfEach(spec, watched, times);
  // What was missed is missed, however long nobody looked at other times.
  return states.map((state) =>
    state === 'met' || state === 'unknown' ? (sight === 'met' ? state : sight) : state,
  );
}

function stateOfEach(spec: ProbeSpec, watched: Watched, times: readonly number[]): Certainty[] {
  const { of } = watched;
  const { age, count, value } = spec.tolerances;
  const states: Certainty[] = [];
  if (!isGauge(of)) {
    for (const { allowed, limitMs, missedForS } of shareLimits(spec.tolerances)) {
      const shareAt = (t: number) =>
        limitMs === undefined ? failingShare(of, t) : beyondShare(of, limitMs, t);
      const designEffect = limitMs === undefined ? 1 : designEffectOf(of, 1 / watched.everyS);
      states.push(shareState({ shareAt, times, allowed, missedForS, designEffect }));
    }
  }
  for (const [given, beyond] of readingsBeyond(watched, { age, count, value })) {
    states.push(
      eachState({
        times,
        beyond,
        missedForS: (given.missedFor?.ms ?? 5_000) / 1_000,
        everyS: watched.everyS,
      }),
    );
  }
  return states;
}
