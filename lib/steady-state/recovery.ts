import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parsePercentage } from '../fis/quantity.ts';
import { createToleranceJudge } from './judge-tolerance.ts';
import type { BaselineProbe, Recovery, ToleranceJudgement } from './judgement.ts';
import { limitOf } from './limit.ts';
import { type ProbeSpec, type Seen, toleranceNames } from './probe-spec.ts';
import { seconds } from './words.ts';

/** When steady state counts as back, with all defaults filled in. */
export interface RecoveryRule {
  /** Paced, milliseconds: the deadline. */
  readonly objectiveMs: number;
  /** Paced: the stretch of pooled samples on which it must be shown; never under a second. */
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

/** The stretch that a probe needs to show anything: the rule's, or long enough for the samples its tolerances ask for. */
export function stretchMs(spec: ProbeSpec, rule: RecoveryRule): number {
  const fewest = Math.max(
    1,
    ...toleranceNames(spec.tolerances).map((name) => limitOf(spec.tolerances, name)?.fewest ?? 1),
  );
  return Math.max(rule.windowMs, 1.2 * fewest * spec.intervalMs);
}

/**
 * The longest of the probes' stretches, with the time that its data may be late: how long observing must go on after the deadline to
 * prove a recovery that began before it.
 */
export const proofMs = (specs: readonly ProbeSpec[], rule: RecoveryRule): number =>
  Math.max(...specs.map((spec) => stretchMs(spec, rule) + spec.delayMs));

/** How long after a stretch's beginning a probe's first sample may come: later, nobody saw that it was back then. */
const unseenMs = (spec: ProbeSpec): number => Math.max(1_000, 1.5 * spec.intervalMs);

export interface RecoveryJudgement extends Recovery {
  /** The tolerances over the stretch that showed the recovery, or else over the last one. */
  readonly tolerances: ToleranceJudgement[];
}

/**
 * Judges the recovery from what was seen between the end of the fault and `untilMs`. Recovered means: over a stretch that begins
 * no later than the objective, every tolerance is met, and the median latency and the error rate of each probe are no worse than
 * the baseline's by more than the rule allows.
 */
export function judgeRecovery(options: {
  readonly specs: readonly ProbeSpec[];
  readonly rule: RecoveryRule;
  readonly baseline: readonly BaselineProbe[];
  readonly faultEndMs: number;
  readonly untilMs: number;
  /** In the order of time. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
  /** Earlier stretches have been judged before. */
  readonly fromMs?: number;
}): RecoveryJudgement {
  const { specs, rule, faultEndMs, untilMs, seen } = options;
  const objective = rule.objectiveMs / 1_000;
  const usable = specs.some((spec) => seen.get(spec.name)?.some((one) => one.usable));
  if (!usable)
    return { objective, reason: 'nobody could see: no usable sample came after the fault', tolerances: [] };

  const stepMs = Math.max(100, rule.windowMs / 10);
  let last: Stretch | undefined;
  for (let step = 0; step * stepMs <= rule.objectiveMs; step += 1) {
    const startMs = faultEndMs + step * stepMs;
    if (options.fromMs !== undefined && startMs < options.fromMs) continue;
    const stretch = judgeStretch(options, startMs);
    if (stretch.endMs > untilMs) break;
    last = stretch;
    if (stretch.problem === undefined) {
      const tookSeconds = (startMs - faultEndMs) / 1_000;
      return {
        seconds: tookSeconds,
        objective,
        met: true,
        reason: `back within ${seconds(startMs - faultEndMs)} of the fault's end, ${seconds(rule.objectiveMs)} allowed`,
        tolerances: stretch.tolerances,
      };
    }
  }
  if (last === undefined) {
    return {
      objective,
      reason: `observing ended ${seconds(untilMs - faultEndMs)} after the fault, too soon to tell`,
      tolerances: [],
    };
  }
  return {
    objective,
    // Where observing ended before the deadline, what was not back yet may have come back.
    ...(last.blind || untilMs < faultEndMs + rule.objectiveMs - stepMs ? {} : { met: false }),
    reason: last.problem ?? '',
    tolerances: last.tolerances,
  };
}

interface Stretch {
  readonly endMs: number;
  readonly tolerances: ToleranceJudgement[];
  /** Why steady state is not shown to be back; undefined when it is. */
  readonly problem: string | undefined;
  /** The problem is that there was too little to see. */
  readonly blind: boolean;
}

function judgeStretch(options: Parameters<typeof judgeRecovery>[0], startMs: number): Stretch {
  const { specs, rule, baseline, seen } = options;
  let latestMs = startMs;
  const tolerances: ToleranceJudgement[] = [];
  const problems: { text: string; blind: boolean }[] = [];
  for (const spec of specs) {
    const endMs = startMs + stretchMs(spec, rule);
    latestMs = Math.max(latestMs, endMs);
    const judge = createToleranceJudge(spec, startMs, { strict: true });
    for (const one of seen.get(spec.name) ?? []) {
      if (one.atMs >= startMs && one.atMs < endMs) judge.add(one);
    }
    const judged = judge.judge(endMs);
    tolerances.push(...judged);
    for (const one of judged) {
      if (one.state !== 'met')
        problems.push({
          text: `${one.probe}: ${one.tolerance} is ${one.state}: ${one.reason}`,
          blind: one.state === 'unknown',
        });
    }
    const firstMs = seen.get(spec.name)?.find((one) => one.usable && one.atMs >= startMs)?.atMs ?? endMs;
    if (firstMs - startMs > unseenMs(spec))
      problems.push({
        text: `${spec.name}: nothing was seen for ${seconds(firstMs - startMs)}`,
        blind: true,
      });
    const worse = worseThanBaseline(
      judge.tally,
      baseline.find((b) => b.probe === spec.name),
      rule,
    );
    if (worse !== undefined) problems.push({ text: `${spec.name}: ${worse}`, blind: false });
  }
  const worst = problems.find((problem) => !problem.blind) ?? problems[0];
  return { endMs: latestMs, tolerances, problem: worst?.text, blind: worst?.blind ?? false };
}

function worseThanBaseline(
  tally: { finitePercentile(q: number): number | undefined; readonly errorRate: number | undefined },
  before: BaselineProbe | undefined,
  rule: RecoveryRule,
): string | undefined {
  if (before === undefined) return undefined;
  const median = tally.finitePercentile(0.5);
  if (before.p50Ms !== undefined && median !== undefined) {
    const most = before.p50Ms + Math.max(rule.within * before.p50Ms, rule.latencyFloorMs);
    if (median > most)
      return `median latency is ${median.toFixed(1)} ms, ${before.p50Ms.toFixed(1)} ms before the fault (at most ${most.toFixed(1)} ms counts as back)`;
  }
  if (before.errorRate !== undefined && tally.errorRate !== undefined) {
    const most = before.errorRate + Math.max(rule.within * before.errorRate, rule.rateFloor);
    if (tally.errorRate > most)
      return `${(100 * tally.errorRate).toFixed(1)} % errors, ${(100 * before.errorRate).toFixed(1)} % before the fault`;
  }
  return undefined;
}
