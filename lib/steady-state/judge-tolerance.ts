import type { ToleranceJudgement } from './judgement.ts';
import { type Limit, limitOf } from './limit.ts';
import { type ProbeSpec, type Seen, toleranceNames } from './probe-spec.ts';
import {
  afterSample,
  isMissed,
  isOpenAt,
  isTooLong,
  lengthMs,
  noStreak,
  patienceMs,
  type Streak,
} from './streak.ts';
import { Tally } from './tally.ts';
import { amount, seconds } from './words.ts';

/** What is gathered of one tolerance over a stretch. */
interface Gathered {
  readonly limit: Limit;
  count: number;
  beyond: number;
  streak: Streak;
  longest: Streak;
}

/** Gathers one probe's samples over a stretch of time and judges its tolerances at the end, in bounded memory. */
export interface ToleranceJudge {
  add(seen: Seen): void;
  readonly tally: Tally;
  /** The judgements over [start, endMs). */
  judge(endMs: number): ToleranceJudgement[];
}

/** The least share of the samples asked for that must be there. */
const leastCoverage = 0.5;

/**
 * A judge of one probe from `startMs` on. A `strict` one takes a single sample beyond a limit that compares each for a miss, with no
 * time allowed: so is recovery judged.
 */
export function createToleranceJudge(
  spec: ProbeSpec,
  startMs: number,
  options: { strict?: boolean } = {},
): ToleranceJudge {
  const tally = new Tally(startMs);
  const gathered = toleranceNames(spec.tolerances)
    .flatMap((name) => limitOf(spec.tolerances, name) ?? [])
    .map((limit): Gathered => ({ limit, count: 0, beyond: 0, streak: noStreak, longest: noStreak }));

  return {
    tally,
    add(seen) {
      tally.add(seen);
      if (!seen.usable) return;
      for (const one of gathered) {
        const beyond = one.limit.beyond(seen);
        if (beyond === undefined) continue;
        one.count += 1;
        if (beyond) one.beyond += 1;
        if (one.limit.rule.kind === 'each') {
          one.streak = afterSample(one.streak, { atMs: seen.atMs, beyond }, spec.intervalMs);
          if (lengthMs(one.streak) > lengthMs(one.longest)) one.longest = one.streak;
        }
      }
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
  const missed = missedReason(one, observed, stretch.strict);
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

function missedReason(
  { limit, count, beyond, longest }: Gathered,
  observed: number | undefined,
  strict: boolean,
): string | undefined {
  if (limit.rule.kind === 'each') {
    if (strict && beyond > 0) return `${amount(observed, limit.unit)} was seen, ${limit.text} asked`;
    if (!isTooLong(longest, limit)) return undefined;
    return (
      `not ${limit.text} for ${seconds(lengthMs(longest))}, longer than the ${seconds(limit.missedForMs)} it may be; ` +
      `the worst was ${amount(observed, limit.unit)}`
    );
  }
  if (count < limit.fewest || !isMissed(limit, beyond, count)) return undefined;
  return `${amount(observed, limit.unit)} in ${count} samples, ${limit.text} asked`;
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
  const gapMs = tally.gapMs(endMs);
  if (gapMs > spec.blindMs)
    return `nothing was seen for ${seconds(gapMs)}, longer than ${seconds(spec.blindMs)}`;
  const expected = Math.floor((endMs - startMs) / spec.intervalMs);
  if (count < leastCoverage * expected) return `only ${count} of ${expected} samples came`;
  const openForMs = lengthMs(streak) + spec.intervalMs;
  if (isOpenAt(streak, spec.intervalMs, endMs) && openForMs > Math.min(patienceMs, limit.missedForMs)) {
    return `was beyond the limit for the last ${seconds(lengthMs(streak))}, which ended too soon to tell`;
  }
  return undefined;
}
