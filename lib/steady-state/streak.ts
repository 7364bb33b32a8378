import * as z from 'zod';
import type { Limit } from './limit.ts';

/** A stretch of time in which a tolerance has been missed without a break: small enough to go from step to step. */
export const streakSchema = z.object({
  /** When it began; absent while the tolerance is not being missed. */
  sinceMs: z.number().optional(),
  /** The latest sample or window beyond the limit. */
  lastMs: z.number().optional(),
  /** Samples in the stretch, and how many of them lay beyond the limit. */
  count: z.number(),
  beyond: z.number(),
});

export type Streak = z.output<typeof streakSchema>;

export const noStreak: Streak = { count: 0, beyond: 0 };

/** Whether so many of so many samples beyond the limit miss it. A percentile may have exactly its share beyond, a rate must stay below its limit. */
export function isMissed(limit: Limit, beyond: number, count: number): boolean {
  if (limit.rule.kind === 'each') return beyond > 0;
  return limit.rule.q === undefined
    ? beyond >= limit.rule.allowed * count
    : beyond > limit.rule.allowed * count + 1e-9;
}

/** A majority beyond the limit of so many samples is a miss whatever share the limit allows: no need to wait for more. */
const plainly = { samples: 10, share: 0.5 };

/** Whether the samples miss the limit by so much that even fewer than it asks for can say so. */
export const isPlainlyMissed = (limit: Limit, beyond: number, count: number): boolean =>
  count >= plainly.samples && beyond >= plainly.share * count && isMissed(limit, beyond, count);

/**
 * Carries a streak over one window of the watch. A window with too few samples neither ends nor begins a streak.
 */
export function afterWindow(
  streak: Streak,
  limit: Limit,
  window: { startMs: number; endMs: number; count: number; beyond: number },
): Streak {
  if (window.count < Math.min(limit.fewest, 10)) return streak;
  if (!isMissed(limit, window.beyond, window.count)) return noStreak;
  return {
    sinceMs: streak.sinceMs ?? window.startMs,
    lastMs: window.endMs,
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

/** Whether the streak is longer than the tolerance may be missed, on its samples pooled. */
export const isTooLong = (streak: Streak, limit: Limit): boolean =>
  lengthMs(streak) > limit.missedForMs && isMissed(limit, streak.beyond, streak.count);

/** Whether the streak had not ended yet at `endMs`, as far as samples `intervalMs` apart can tell. */
export const isOpenAt = (
  streak: Streak,
  spec: { readonly patienceMs: number; readonly intervalMs: number },
  endMs: number,
): boolean =>
  streak.lastMs !== undefined && endMs - streak.lastMs <= Math.max(spec.patienceMs, 1.5 * spec.intervalMs);
