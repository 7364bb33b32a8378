import type { ProbeSpec } from '../../lib/steady-state/probe-spec.ts';
import { designEffectOf } from './design-effect.ts';
import { isGauge, looksIn, type Scene, type Watched } from './scene.ts';
import { ageAt, beyondShare, failingShare } from './service.ts';
import { shareLimits } from './share-limits.ts';
import { type Certainty, powerState } from './states.ts';

const defaultMissedForS = 5;

/** A length found by a run may be off by so much, in seconds. */
const offS = 1.5;

/** Whether a run finds that its stage can tell what each tolerance of a probe is about. */
export function powerTruth(spec: ProbeSpec, watched: Watched, { times }: Scene): Certainty[] {
  const { of, everyS } = watched;
  const stageS = times.faultEnd - times.faultStart;
  const before = looksIn(watched, 0, times.faultStart).filter(
    (t) => (watched.sight?.(t) ?? 'system') === 'system',
  );
  if (before.length === 0) return [];
  const states: Certainty[] = [];
  if (!isGauge(of)) {
    for (const { allowed, limitMs } of shareLimits(spec.tolerances)) {
      const shareAt = (t: number) =>
        limitMs === undefined ? failingShare(of, t) : beyondShare(of, limitMs, t);
      const some = before.filter((_, index) => index % Math.ceil(before.length / 50) === 0);
      states.push(
        powerState({
          allowed,
          shareBefore: some.reduce((sum, t) => sum + shareAt(t), 0) / some.length,
          looksBefore: before.length,
          looks: Math.floor(stageS / everyS),
          designEffect: limitMs === undefined ? 1 : designEffectOf(of, 1 / everyS),
        }),
      );
    }
  }
  const { age, count, value } = spec.tolerances;
  for (const given of [age, count, value]) {
    if (given === undefined) continue;
    const grows =
      given === age && age !== undefined && !isGauge(of) && of.cache !== undefined ? of.cache : undefined;
    // What is served grows older by a second a second, from the oldest that the baseline saw.
    const growsS =
      grows === undefined || age === undefined
        ? 0
        : Math.max(0, age.below.ms / 1_000 - Math.max(...before.map((t) => ageAt(grows, t, true))));
    const neededS =
      growsS + (given.missedFor === undefined ? defaultMissedForS : given.missedFor.ms / 1_000) + everyS;
    states.push(stageS > neededS + offS ? 'met' : stageS < neededS - offS ? 'unknown' : 'margin');
  }
  return states;
}
