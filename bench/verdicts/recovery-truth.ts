import { powerOf } from '../../lib/steady-state/power.ts';
import type { ProbeSpec } from '../../lib/steady-state/probe-spec.ts';
import { controlMoves } from './control-truth.ts';
import { designEffectOf } from './design-effect.ts';
import { readingsBeyond } from './each-truth.ts';
import { isGauge, looksIn, type Scene, type Watched } from './scene.ts';
import { failingShare, latencyBeyond, oncePerCondition, type Service } from './service.ts';
import { shareLimits } from './share-limits.ts';
import { type Certainty, sightState } from './states.ts';
import { tolerancesTruth } from './tolerances-truth.ts';

/** What counts as back: the defaults of a definition that says nothing else. */
const rule = { within: 0.1, latencyFloorMs: 5, rateFloor: 0.01 } as const;

/** So many standard errors between a median and its limit are surely seen: 2.33 for the test, as many for its power, and some. */
const surely = 5.5;
/** A control's own figures are known no better. */
const surelyWithControl = 8.5;
/** And so few surely not. */
const surelyNot = 0.15;

/** The instant of being back is seen to within about a second. */
const instantOffS = 1.5;

interface Levels {
  readonly medianMs: number;
  /** The percentiles that tolerances are about. */
  readonly percentilesMs: readonly number[];
  readonly errorRate: number;
  readonly looks: number;
  /** How many times as slow a control has become. */
  readonly movedBy?: number;
}

/** What is true of the time after the fault; `unseen` where nobody saw any of it. */
export function recoveryState(scene: Scene, specs: readonly ProbeSpec[]): Certainty | 'unseen' {
  const states = specs.map((spec): Certainty | 'unseen' => {
    const watched = scene.probes[spec.name];
    return watched === undefined ? 'met' : probeState(scene, spec, watched);
  });
  // What one probe alone could have seen, nobody saw.
  return (['margin', 'missed', 'unseen', 'unknown'] as const).find((one) => states.includes(one)) ?? 'met';
}

function probeState(scene: Scene, spec: ProbeSpec, watched: Watched): Certainty | 'unseen' {
  const { faultStart, faultEnd, end } = scene.times;
  const seen = (from: number, to: number) =>
    looksIn(watched, from, to).filter((t) => (watched.sight?.(t) ?? 'system') === 'system');
  const after = seen(faultEnd, end);
  const beforeTimes = seen(0, faultStart);
  if (after.length === 0) return 'unseen';
  const sight = sightState(after, { from: faultEnd, to: end }, spec.blindMs / 1_000);
  // Of a time in which nobody looked, nobody can say that it was well.
  if (sight !== 'met') return sight === 'unknown' ? 'unseen' : 'margin';
  if (beforeTimes.length === 0) return 'margin';
  const before = isGauge(watched.of) ? undefined : levels(watched.of, spec, beforeTimes);
  const moves = controlMoves(watched, scene.times);
  const beyond = readingsBeyond(watched, spec.tolerances);
  const { of } = watched;
  const levelsAt = isGauge(of) ? undefined : oncePerCondition(of, (t) => levels(of, spec, [t]));
  const isOut = (t: number) =>
    beyond.some(([, isBeyond]) => isBeyond(t)) ||
    (before !== undefined && levelsAt !== undefined && isOutside(levelsAt(t), moved(before, moves([t]))));
  // Every so often is enough to find when it was last outside.
  const grid = after.filter((_, index) => index % Math.max(1, Math.floor(0.2 / watched.everyS)) === 0);
  const backS = grid.findLast(isOut);
  const tookS = backS === undefined ? 0 : backS - faultEnd;
  if (tookS > scene.objectiveS + instantOffS) {
    if (beyond.some(([, isBeyond]) => after.filter(isBeyond).length > after.length / 3)) return 'missed';
    if (before === undefined || isGauge(watched.of)) return 'margin';
    const late = seen(faultEnd + scene.objectiveS, end);
    return surelyOutside(watched.of, spec, moved(before, moves(late)), late, watched);
  }
  if (tookS > scene.objectiveS - instantOffS) return 'margin';
  const from = tookS === 0 ? faultEnd : faultEnd + tookS + instantOffS;
  const states = tolerancesTruth(spec, watched, { from, to: end }, scene.times);
  if (states.includes('margin') || states.includes('missed')) return 'margin';
  const rest = seen(from, end);
  const back =
    before === undefined || isGauge(watched.of)
      ? 'met'
      : surelyBack(watched.of, spec, moved(before, moves(rest)), rest, watched);
  if (back !== 'met') return back;
  return states.includes('unknown') ? 'unknown' : 'met';
}

function levels(service: Service, spec: ProbeSpec, times: readonly number[]): Levels {
  const some = times.filter((_, index) => index % Math.max(1, Math.floor(times.length / 50)) === 0);
  return {
    medianMs: latencyBeyond(service, 0.5, some),
    percentilesMs: shareLimits(spec.tolerances).flatMap(({ allowed, limitMs }) =>
      limitMs === undefined ? [] : [latencyBeyond(service, allowed, some)],
    ),
    errorRate: some.reduce((sum, t) => sum + failingShare(service, t), 0) / some.length,
    looks: times.length,
  };
}

/** What was before, had it moved as a control has. */
const moved = (before: Levels, by: number): Levels => ({ ...before, movedBy: by });

const latencyLimit = (beforeMs: number, { movedBy = 1 }: Levels): number =>
  beforeMs * movedBy + Math.max(rule.within * beforeMs, rule.latencyFloorMs);

const medianLimit = (before: Levels): number => latencyLimit(before.medianMs, before);

const rateLimit = (before: Levels): number =>
  before.errorRate + Math.max(rule.within * before.errorRate, rule.rateFloor);

const isOutside = (now: Levels, before: Levels): boolean =>
  now.medianMs > medianLimit(before) ||
  now.errorRate > rateLimit(before) ||
  now.percentilesMs.some((ms, index) => ms > latencyLimit(before.percentilesMs[index] ?? ms, before));

/** The standard error of the difference of two medians' logarithms. */
const errorOf = (service: Service, before: Levels, now: Levels, { everyS }: Watched): number =>
  ((Math.sqrt(Math.PI / 2) * Math.hypot(service.sigma, service.noise?.sigma ?? 0)) /
    (1 - (service.tail?.share ?? 0))) *
  Math.sqrt(designEffectOf(service, 1 / everyS) * (1 / before.looks + 1 / Math.max(1, now.looks)));

const enough = ({ control }: Watched): number => (control === undefined ? surely : surelyWithControl);

function surelyOutside(
  service: Service,
  spec: ProbeSpec,
  before: Levels,
  times: readonly number[],
  watched: Watched,
): Certainty {
  const now = levels(service, spec, times);
  const errors = Math.log(now.medianMs / medianLimit(before)) / errorOf(service, before, now, watched);
  if (errors > enough(watched)) return 'missed';
  const { missedFrom } = powerOf({ allowed: rateLimit(before), samples: now.looks / 2, designEffect: 1 });
  return now.errorRate > missedFrom ? 'missed' : 'margin';
}

function surelyBack(
  service: Service,
  spec: ProbeSpec,
  before: Levels,
  times: readonly number[],
  watched: Watched,
): Certainty {
  if (times.length === 0) return 'unknown';
  const now = levels(service, spec, times);
  const errors = Math.log(medianLimit(before) / now.medianMs) / errorOf(service, before, now, watched);
  // Two rates are compared, of which neither is known: twice the samples.
  const samples = Math.min(before.looks, now.looks) / 2;
  const { metUpTo } = powerOf({ allowed: rateLimit(before), samples, designEffect: 1 });
  if (errors > enough(watched) && now.errorRate <= metUpTo) return 'met';
  return errors < surelyNot || metUpTo < 0 ? 'unknown' : 'margin';
}
