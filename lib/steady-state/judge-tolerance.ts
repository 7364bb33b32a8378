import { errorLevels } from './error-levels.ts';
import { Gathered } from './gathered.ts';
import { intervalOf } from './interval.ts';
import type { ToleranceJudgement } from './judgement.ts';
import { type Limit, limitsOf, type ShareRule } from './limit.ts';
import { fewestToMiss } from './power.ts';
import type { ProbeSpec, Seen } from './probe-spec.ts';
import { effective, isSurelyAbove, isSurelyBelow } from './statistics/share.ts';
import { isOpenAt, lengthMs } from './streak.ts';
import { Tally } from './tally.ts';
import { amount, between, longer, seconds } from './words.ts';

/** Gathers one probe's samples over a stretch of time and judges its tolerances at the end, in bounded memory. */
export interface ToleranceJudge {
  /** The samples come in the order of time. */
  add(seen: Seen): void;
  readonly tally: Tally;
  /** The judgements over [start, endMs). */
  judge(endMs: number): ToleranceJudgement[];
}

/** The least share of the watch's windows in which something must have been seen. */
const leastCoverage = 0.5;

/** Where the prober spoilt so large a share of the samples that were due, what it saw may be what was easy to see. */
const mostSpoilt = 0.5;

/** Being beyond a limit for the last so long, with no later sample to end it, leaves open what came of it. */
const openMs = 1_000;

/** A judge of one probe from `startMs` on. `effectOf` tells how many samples are worth one independent one where a limit is judged. */
export function createToleranceJudge(
  spec: ProbeSpec,
  startMs: number,
  effectOf: (limit: Limit) => number = () => 1,
): ToleranceJudge {
  const tally = new Tally();
  const gathered = limitsOf(spec.tolerances).map(
    (limit) => new Gathered(spec, limit, startMs, effectOf(limit)),
  );
  return {
    tally,
    add(seen) {
      tally.add(seen);
      if (seen.usable) for (const one of gathered) one.add(seen);
    },
    // How the samples follow one another may be known only now: of a baseline it is, once that is over.
    judge: (endMs) =>
      gathered.map((one) => {
        one.designEffect = effectOf(one.limit);
        return judgeOne(spec, one, tally, { startMs, endMs });
      }),
  };
}

interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

function judgeOne(spec: ProbeSpec, one: Gathered, tally: Tally, stretch: Stretch): ToleranceJudgement {
  const { limit } = one;
  const observed = observedOf(limit, tally);
  const interval = limit.rule.kind === 'share' ? intervalOf(limit.rule, one, tally) : undefined;
  const base = {
    probe: spec.name,
    tolerance: limit.tolerance,
    limit: limit.text,
    limitValue: limit.value,
    unit: limit.unit,
    samples: one.count,
    ...(observed === undefined || !Number.isFinite(observed) ? {} : { observed }),
    ...(interval === undefined ? {} : { interval }),
    ...(one.designEffect > 1 ? { designEffect: one.designEffect } : {}),
  };
  const seen = `${amount(observed, limit.unit)}${between(interval, limit.unit)} in ${one.count} samples, ${limit.text} asked`;
  const missed = missedReason(one, observed, seen);
  if (missed !== undefined) return { ...base, ...noticed(one, stretch), state: 'missed', reason: missed };
  const unknown = unknownReason(spec, one, tally, stretch, seen);
  if (unknown !== undefined) return { ...base, state: 'unknown', reason: unknown };
  return { ...base, state: 'met', reason: seen };
}

/** How soon a watch could tell; nothing where only the whole stretch shows it. */
const noticed = ({ noticedMs }: Gathered, { startMs }: Stretch) =>
  noticedMs === undefined ? {} : { detectedSeconds: Math.max(0, noticedMs - startMs) / 1_000 };

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

/** Whether the prober spoilt too many of the samples that were due in so long a time. */
export const isSpoilt = (spec: ProbeSpec, unusable: number, lengthOfMs: number): boolean =>
  unusable > 0 && unusable >= mostSpoilt * Math.floor(lengthOfMs / spec.intervalMs);

/** How the share beyond stands to what is allowed, by exact bounds that are each wrong less than once in a hundred times. */
export function shareState(
  rule: ShareRule,
  gathered: { readonly beyond: number; readonly count: number; readonly designEffect: number },
): 'met' | 'missed' | 'open' {
  const worth = effective(gathered, gathered.designEffect);
  if (gathered.count >= fewestToMiss && isSurelyAbove(worth, rule.allowed, errorLevels.bound))
    return 'missed';
  return isSurelyBelow(worth, rule.allowed, errorLevels.bound) ? 'met' : 'open';
}

/**
 * A share is missed over the whole stretch, or for longer at a time than it may be: the watch ends a fault for that, and what was
 * recorded must say the same afterwards.
 */
function missedReason(gathered: Gathered, observed: number | undefined, seen: string): string | undefined {
  const { limit } = gathered;
  const miss = gathered.miss();
  if (limit.rule.kind === 'share' && shareState(limit.rule, gathered) === 'missed') return seen;
  if (miss === undefined) return undefined;
  const { beyond, count } = miss.streak;
  const lasted = seconds(lengthMs(miss.streak));
  const counted = `${beyond} of its ${count} samples were beyond the limit`;
  if (miss.kind === 'lasting') return `not ${limit.text}, on the whole, for ${lasted}: ${counted}`;
  const worst = limit.rule.kind === 'each' ? `the worst was ${amount(observed, limit.unit)}` : counted;
  return `not ${limit.text} for ${longer(lengthMs(miss.streak), limit.missedForMs)}; ${worst}`;
}

/** Why nobody can say that the tolerance was met; undefined when it can be said. */
function unknownReason(
  spec: ProbeSpec,
  one: Gathered,
  tally: Tally,
  { startMs, endMs }: Stretch,
  seen: string,
): string | undefined {
  const { limit, count, streak } = one;
  const spoilt =
    tally.unusable > 0
      ? ` (${tally.unusable} more ${tally.unusable === 1 ? 'was' : 'were'} spoilt by the prober itself)`
      : '';
  if (count === 0) return `nothing was seen${spoilt}`;
  const gapMs = one.gapMs(endMs);
  if (gapMs > spec.blindMs)
    return `nothing was seen for ${seconds(gapMs)}, longer than ${seconds(spec.blindMs)}${spoilt}`;
  const windows = Math.floor((endMs - startMs) / spec.windowMs);
  if (one.windowsSeen < leastCoverage * windows)
    return `something was seen in only ${one.windowsSeen} of ${windows} windows${spoilt}`;
  if (isSpoilt(spec, tally.unusable, endMs - startMs))
    return `the prober itself spoilt ${tally.unusable} samples, half of those that were due or more`;
  if (limit.rule.kind === 'share')
    return shareState(limit.rule, one) === 'met' ? undefined : `${seen}: too few samples to say${spoilt}`;
  const openForMs = lengthMs(streak) + spec.intervalMs;
  if (isOpenAt(streak, spec, endMs) && openForMs > Math.min(openMs, limit.missedForMs))
    return `was beyond the limit for the last ${seconds(lengthMs(streak))}, which ended too soon to tell`;
  return undefined;
}
