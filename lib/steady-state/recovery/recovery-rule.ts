import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { parsePercentage } from '../../fis/quantity.ts';
import type { Baseline, BaselineSeries } from '../baseline-series.ts';
import { limitsOf } from '../limit.ts';
import { samplesNeeded } from '../power.ts';
import type { ProbeSpec } from '../probe-spec.ts';

/** When steady state counts as back, with all defaults filled in. */
export interface RecoveryRule {
  /** Paced, milliseconds: the deadline. */
  readonly objectiveMs: number;
  /** Paced: the shortest stretch of pooled samples on which it may be shown; never under a second. */
  readonly windowMs: number;
  /** How far from the baseline counts as back: this share of it, or the floor, whichever is larger. */
  readonly within: number;
  readonly latencyFloorMs: number;
  readonly rateFloor: number;
}

const shortestWindowMs = 1_000;

export function recoveryRule(recovery: Experiment['recovery'], pace: number): RecoveryRule {
  const { within, atLeast } = defaults.recovery;
  const windowMs = defaultMs(defaults.recoveryWindow) * pace;
  return {
    objectiveMs: recovery.objective.ms * pace,
    windowMs: Math.max(shortestWindowMs, windowMs),
    within: recovery.within?.ratio ?? parsePercentage(within)?.ratio ?? 0,
    latencyFloorMs: recovery.atLeast?.latency?.ms ?? defaultMs(atLeast.latency),
    rateFloor: recovery.atLeast?.rate?.ratio ?? parsePercentage(atLeast.rate)?.ratio ?? 0,
  };
}

/** The largest increase of a figure that counts as back. */
export const allowedIncrease = (rule: RecoveryRule, figure: 'latency' | 'rate', before: number): number =>
  Math.max(rule.within * before, figure === 'latency' ? rule.latencyFloorMs : rule.rateFloor);

/** A system that took so many windows to come back must stay for as long: one that swings is back every now and then. */
const longestStayWindows = 3;

/** How long what has begun so long after the fault's end must last to count: `afterMs`, from the shortest stretch to three of them. */
export const stayMs = (rule: RecoveryRule, afterMs: number): number =>
  Math.max(rule.windowMs, Math.min(afterMs, longestStayWindows * rule.windowMs));

/** However slow its probes, no run waits longer than this for the proof of its recovery. */
export const longestProofMs = 15 * 60_000;

/** How long a probe must look to prove that steady state is back, by the baseline's own variation. */
export const neededMs = (spec: ProbeSpec, rule: RecoveryRule, before: BaselineSeries | undefined): number =>
  Math.min(longestProofMs, samplesToProve(spec, rule, before) * spec.intervalMs);

/** More than is needed on average: of a stretch that is like the baseline, so much proves it nearly always. */
const reserve = 1.25;

/**
 * How long observing must go on after the deadline to prove a recovery that began before it: until every probe has samples enough for its
 * tolerances and comparisons, by the baseline's own variation, and its data may have come.
 */
export const proofMs = (specs: readonly ProbeSpec[], rule: RecoveryRule, baseline: Baseline): number =>
  Math.max(
    stayMs(rule, rule.objectiveMs),
    ...specs.map((spec) => reserve * neededMs(spec, rule, baseline.get(spec.name)) + spec.delayMs),
  );

/** Fewest samples that prove a recovery to a state like the baseline. */
export function samplesToProve(
  spec: ProbeSpec,
  rule: RecoveryRule,
  before: BaselineSeries | undefined,
): number {
  if (before === undefined || before.tally.count === 0) return 1;
  const tolerances = limitsOf(spec.tolerances).map((limit) =>
    limit.rule.kind === 'each'
      ? 1
      : (samplesNeeded({
          allowed: limit.rule.allowed,
          designEffect: before.designEffect(limit),
          share: before.beyond(limit) ?? 0,
        }) ?? 1),
  );
  const errorRate = before.tally.errorRate ?? 0;
  const most = Math.min(1, errorRate + allowedIncrease(rule, 'rate', errorRate));
  const rates =
    before.answered === 0 ? 1 : (samplesNeeded({ allowed: most, designEffect: 1, share: errorRate }) ?? 1);
  return Math.max(1, ...tolerances, rates, medianSamples(rule, before));
}

/** Samples whose median is known as closely as the comparison needs, from how closely the baseline's is known. */
function medianSamples(rule: RecoveryRule, before: BaselineSeries): number {
  const median = before.quantile(0.5);
  if (median.at === undefined || median.low === undefined || median.high === undefined) return 1;
  const allowed = allowedIncrease(rule, 'latency', median.at);
  const known = (median.high - median.low) / 2;
  // The other bound and the chance of missing it come on top: about two and a half times as close again.
  return Math.ceil(before.tally.count * ((1.6 * known) / allowed) ** 2);
}
