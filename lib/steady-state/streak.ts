import * as z from 'zod/mini';
import { errorLevels } from './error-levels.ts';
import type { Limit, ShareRule } from './limit.ts';
import { evidenceIn } from './statistics/evidence.ts';
import { effective } from './statistics/share.ts';

/** A stretch of time in which a tolerance has been missed without a break: small enough to go from step to step. */
export const streakSchema = z.object({
  /** The first sample beyond the limit; absent while the tolerance is not being missed. */
  sinceMs: z.optional(z.number()),
  /** The latest sample beyond the limit. */
  lastMs: z.optional(z.number()),
  /** Samples in the stretch, and how many of them lay beyond the limit. */
  count: z.number(),
  beyond: z.number(),
});

export type Streak = z.output<typeof streakSchema>;

export const noStreak: Streak = { count: 0, beyond: 0 };

/** What one window of the watch says of a limit on a share. */
export interface WindowCount {
  readonly count: number;
  readonly beyond: number;
  /** Of the samples beyond the limit; absent where there is none. */
  readonly firstBeyondMs?: number | undefined;
  readonly lastBeyondMs?: number | undefined;
}

/** With fewer samples a window neither begins nor ends a streak. */
const fewestInWindow = 5;

/** Whether a window is beyond the limit as it stands: a percentile may have exactly its share beyond, a rate must stay below its limit. */
const isBeyond = (rule: ShareRule, { beyond, count }: { beyond: number; count: number }): boolean =>
  rule.q === undefined ? beyond >= rule.allowed * count : beyond > rule.allowed * count + 1e-9;

/** Carries a streak over one window of the watch. */
export function afterWindow(streak: Streak, rule: ShareRule, window: WindowCount): Streak {
  if (window.count < fewestInWindow) return streak;
  if (!isBeyond(rule, window) || window.firstBeyondMs === undefined) return noStreak;
  return {
    sinceMs: streak.sinceMs ?? window.firstBeyondMs,
    lastMs: window.lastBeyondMs,
    count: streak.count + window.count,
    beyond: streak.beyond + window.beyond,
  };
}

/** Carries a streak over one sample of a limit that compares each. Good samples for longer than `patienceMs` end it. */
export function afterSample(
  streak: Streak,
  sample: { atMs: number; beyond: boolean },
  patienceMs: number,
): Streak {
  if (sample.beyond) {
    return {
      sinceMs: Math.min(streak.sinceMs ?? sample.atMs, sample.atMs),
      lastMs: Math.max(streak.lastMs ?? sample.atMs, sample.atMs),
      count: streak.count + 1,
      beyond: streak.beyond + 1,
    };
  }
  if (streak.lastMs !== undefined && sample.atMs - streak.lastMs > patienceMs) return noStreak;
  return streak.sinceMs === undefined ? streak : { ...streak, count: streak.count + 1 };
}

/** How long the streak has lasted, in milliseconds; 0 when there is none. */
export const lengthMs = (streak: Streak): number =>
  streak.sinceMs === undefined || streak.lastMs === undefined ? 0 : streak.lastMs - streak.sinceMs;

/** The logarithm of the evidence that ends a fault: wrong no more than once in so many looks. */
export const convincing = Math.log(errorLevels.looksPerFalseHalt);

/**
 * Whether the streak is longer than the tolerance may be missed. Of a share, chance alone makes such streaks as well: its samples must
 * be evidence that can be looked at every second.
 */
export function isTooLong(streak: Streak, limit: Limit, designEffect: number): boolean {
  if (lengthMs(streak) <= limit.missedForMs) return false;
  if (limit.rule.kind === 'each') return true;
  return evidenceIn(effective(streak, designEffect), limit.rule.allowed) >= convincing;
}

/** Whether the streak had not ended yet at `endMs`, as far as samples `intervalMs` apart can tell. */
export const isOpenAt = (
  streak: Streak,
  spec: { readonly patienceMs: number; readonly intervalMs: number },
  endMs: number,
): boolean =>
  streak.lastMs !== undefined && endMs - streak.lastMs <= Math.max(spec.patienceMs, 1.5 * spec.intervalMs);
