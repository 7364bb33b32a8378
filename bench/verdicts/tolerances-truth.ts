import type { ProbeSpec } from '../../lib/steady-state/probe-spec.ts';
import { controlMoves } from './control-truth.ts';
import { designEffectOf } from './design-effect.ts';
import { readingsBeyond } from './each-truth.ts';
import { isGauge, looksIn, type Times, type Watched } from './scene.ts';
import { beyondShare, failingShare, oncePerCondition } from './service.ts';
import { shareLimits } from './share-limits.ts';
import { type Certainty, eachState, shareState, sightState } from './states.ts';

/** What is true of each tolerance of a probe over [from, to), and whether so many looks can show it. */
export function tolerancesTruth(
  spec: ProbeSpec,
  watched: Watched,
  { from, to }: { from: number; to: number },
  times: Times,
): Certainty[] {
  const seen = looksIn(watched, from, to).filter((t) => (watched.sight?.(t) ?? 'system') === 'system');
  const sight = sightState(seen, { from, to }, spec.blindMs / 1_000);
  const states = stateOfEach(spec, watched, seen, 1);
  // Where a control has moved as well, a miss is the fault's only if limits that had moved with it are missed too.
  const by = watched.control === undefined || seen.length === 0 ? 1 : controlMoves(watched, times)(seen);
  const asMoved = by === 1 ? states : stateOfEach(spec, watched, seen, by);
  // What was missed is missed, however long nobody looked at other times.
  return states.map((state, index) => {
    if (state === 'missed') return asMoved[index] === 'missed' ? 'missed' : 'margin';
    return state === 'margin' || sight === 'met' ? state : sight;
  });
}

function stateOfEach(
  spec: ProbeSpec,
  watched: Watched,
  times: readonly number[],
  movedBy: number,
): Certainty[] {
  const { of } = watched;
  const { age, count, value } = spec.tolerances;
  const states: Certainty[] = [];
  if (!isGauge(of)) {
    for (const { allowed, limitMs, missedForS } of shareLimits(spec.tolerances)) {
      const shareAt = oncePerCondition(of, (t) =>
        limitMs === undefined ? failingShare(of, t) : beyondShare(of, limitMs * movedBy, t),
      );
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
