import { Gathered } from './gathered.ts';
import type { ToleranceJudgement } from './judgement.ts';
import { type Limit, limitOf } from './limit.ts';
import { type ProbeSpec, type Seen, toleranceNames } from './probe-spec.ts';
import { isMissed, isOpenAt, isPlainlyMissed, lengthMs } from './streak.ts';
import { Tally } from './tally.ts';
import { amount, seconds } from './words.ts';

/** Gathers one probe's samples over a stretch of time and judges its tolerances at the end, in bounded memory. */
export interface ToleranceJudge {
  /** The samples come in the order of time. */
  add(seen: Seen): void;
  readonly tally: Tally;
  /** The judgements over [start, endMs). */
  judge(endMs: number): ToleranceJudgement[];
}

/** The least share of the samples asked for that must be there. */
const leastCoverage = 0.5;

/** Being beyond a limit for the last so long, with no later sample to end it, leaves open what came of it. */
const openMs = 1_000;

/**
 * A judge of one probe from `startMs` on. A `strict` one takes a single sample beyond a limit that compares each for a miss, with no
 * time allowed: so is recovery judged.
 */
export function createToleranceJudge(
  spec: ProbeSpec,
  startMs: number,
  options: { strict?: boolean } = {},
): ToleranceJudge {
  const tally = new Tally();
  const gathered = toleranceNames(spec.tolerances)
    .flatMap((name) => limitOf(spec.tolerances, name) ?? [])
    .map((limit) => new Gathered(spec, limit, startMs));

  return {
    tally,
    add(seen) {
      tally.add(seen);
      if (seen.usable) for (const one of gathered) one.add(seen);
    },
    judge: (endMs) =>
      gathered.map((one) => judgeOne(spec, one, tally, { startMs, endMs, strict: options.strict ?? false })),
  };
}

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly strict: boolean;
}

function judgeOne(spec: ProbeSpec, one: Gathered, tally: Tally, stretch: Stretch): ToleranceJudgement {
  const { limit } = one;
  const observed = observedOf(limit, tally);
  const base = {
    probe: spec.name,
    tolerance: limit.tolerance,
    limit: limit.text,
    limitValue: limit.value,
    unit: limit.unit,
    samples: one.count,
    ...(observed === undefined || !Number.isFinite(observed) ? {} : { observed }),
  };
  const missed = missedReason(one, observed, stretch);
  if (missed !== undefined) return { ...base, state: 'missed', reason: missed };
  const unknown = unknownReason(spec, one, tally, stretch);
  if (unknown !== undefined) return { ...base, state: 'unknown', reason: unknown };
  return {
    ...base,
    state: 'met',
    reason: `${amount(observed, limit.unit)} in ${one.count} samples, ${limit.text} asked`,
  };
}

/** What is shown as seen: the percentile, the rate, or the value nearest to (or farthest beyond) the limit. */
function observedOf(limit: Limit, tally: Tally): number | undefined {
  if (limit.rule.kind === 'share')
    return limit.rule.q === undefined ? tally.errorRate : tally.percentile(limit.rule.q);
  if (limit.tolerance === 'age') return tally.highestValue;
  if (limit.tolerance === 'count' || limit.text.startsWith('above')) {
    const beyondAbove =
      limit.text.includes('below') && tally.highestValue !== undefined && tally.highestValue >= limit.value;
    return beyondAbove ? tally.highestValue : tally.lowestValue;
  }
  return tally.highestValue;
}

/**
 * A share is missed over the whole stretch, or for longer at a time than it may be: the watch ends a fault for that, and what was
 * recorded must say the same afterwards.
 */
function missedReason(
  gathered: Gathered,
  observed: number | undefined,
  { endMs, strict }: Stretch,
): string | undefined {
  const { limit, count, beyond } = gathered;
  const { kind } = limit.rule;
  if (kind === 'each' && strict && beyond > 0)
    return `${amount(observed, limit.unit)} was seen, ${limit.text} asked`;
  const enough = count >= limit.fewest || isPlainlyMissed(limit, beyond, count);
  if (kind === 'share' && enough && isMissed(limit, beyond, count))
    return `${amount(observed, limit.unit)} in ${count} samples, ${limit.text} asked`;
  const streak = gathered.tooLong(endMs);
  if (streak === undefined) return undefined;
  const worst =
    kind === 'each'
      ? `the worst was ${amount(observed, limit.unit)}`
      : `${streak.beyond} of its ${streak.count} samples were beyond the limit`;
  return `not ${limit.text} for ${seconds(lengthMs(streak))}, longer than the ${seconds(limit.missedForMs)} it may be; ${worst}`;
}

/** Why nobody can say that the tolerance was met; undefined when it can be said. */
function unknownReason(
  spec: ProbeSpec,
  one: Gathered,
  tally: Tally,
  { startMs, endMs }: Stretch,
): string | undefined {
  const { limit, count, streak } = one;
  if (count < limit.fewest) {
    const spoilt = tally.unusable > 0 ? ` (${tally.unusable} more were spoilt by the prober itself)` : '';
    return `only ${count} samples${spoilt}; at least ${limit.fewest} are needed to judge`;
  }
  const gapMs = one.gapMs(endMs);
  if (gapMs > spec.blindMs)
    return `nothing was seen for ${seconds(gapMs)}, longer than ${seconds(spec.blindMs)}`;
  const expected = Math.floor((endMs - startMs) / spec.intervalMs);
  if (count < leastCoverage * expected) return `only ${count} of ${expected} samples came`;
  const openForMs = lengthMs(streak) + spec.intervalMs;
  if (
    limit.rule.kind === 'each' &&
    isOpenAt(streak, spec, endMs) &&
    openForMs > Math.min(openMs, limit.missedForMs)
  ) {
    return `was beyond the limit for the last ${seconds(lengthMs(streak))}, which ended too soon to tell`;
  }
  return undefined;
}
