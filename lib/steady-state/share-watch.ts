import * as z from 'zod/mini';
import type { ShareLimit } from './limit.ts';
import { afterLook, evidenceOf, freshStakes } from './statistics/evidence.ts';
import { effective } from './statistics/share.ts';
import {
  afterWindow,
  convincing,
  isTooLong,
  lengthMs,
  noStreak,
  type Streak,
  streakSchema,
  type WindowCount,
} from './streak.ts';

/** What a watch over one limit on a share remembers from window to window. */
export const shareWatchSchema = z.object({
  streak: streakSchema,
  /** The logarithms of the stakes that bet on a share beyond the limit. */
  stakes: z.array(z.number()),
  /** Since when they have been won: what was seen since. */
  won: streakSchema,
});

export type ShareWatch = z.output<typeof shareWatchSchema>;

export const freshShareWatch: ShareWatch = { streak: noStreak, stakes: [...freshStakes], won: noStreak };

/** A limit on a share, and what judging it takes. */
export interface WatchedShare {
  readonly limit: ShareLimit;
  readonly designEffect: number;
  readonly windowMs: number;
}

/** A watch over a share finds it missed in either of two ways; both are evidence that may be looked at every second. */
export interface Miss {
  /** `streak`: missed without a break for longer than it may be. `lasting`: a little too much, for long. */
  readonly kind: 'streak' | 'lasting';
  readonly streak: Streak;
}

/** Carries the watch over one window. */
export function watchWindow(before: ShareWatch, watched: WatchedShare, window: WindowCount): ShareWatch {
  const { limit, designEffect, windowMs } = watched;
  const { rule } = limit;
  // Being missed for as long as it may be wins no bet by itself: that takes a window more, and both at its ends may be cut.
  const most = (convincing + Math.log(freshStakes.length)) / (limit.missedForMs / windowMs + 2);
  const stakes = afterLook(before.stakes, effective(window, designEffect), rule.allowed, most);
  const won = Math.max(...stakes) > 0 ? joined(before.won, window) : noStreak;
  return { streak: afterWindow(before.streak, rule, window), stakes: stakes.map(shortened), won };
}

/** A thousandth of a stake's logarithm more or less matters to nobody, and a run of hours carries it from step to step. */
const shortened = (stake: number): number => Math.max(0, Math.round(stake * 1_000) / 1_000);

const joined = (won: Streak, { count, beyond, firstBeyondMs, lastBeyondMs }: WindowCount): Streak => ({
  ...won,
  ...(won.sinceMs === undefined && firstBeyondMs !== undefined ? { sinceMs: firstBeyondMs } : {}),
  ...(lastBeyondMs === undefined ? {} : { lastMs: lastBeyondMs }),
  count: won.count + count,
  beyond: won.beyond + beyond,
});

/** Whether the watch has found the share missed; undefined while it has not. */
export function missOf(
  { streak, stakes, won }: ShareWatch,
  { limit, designEffect }: WatchedShare,
): Miss | undefined {
  if (isTooLong(streak, limit, designEffect)) return { kind: 'streak', streak };
  const lasts = evidenceOf(stakes) >= convincing && lengthMs(won) > limit.missedForMs;
  return lasts ? { kind: 'lasting', streak: won } : undefined;
}
