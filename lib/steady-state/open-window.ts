import type { ToleranceName } from '../experiment/tolerance.ts';
import type { Limit } from './limit.ts';
import type { WindowCount } from './streak.ts';
import { Tally } from './tally.ts';
import type { Window } from './window.ts';

/** A window of the watch whose samples are still coming. */
export interface OpenWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly tally: Tally;
  /** For each tolerance that judges shares: how many samples said something, and how many lay beyond. */
  readonly shares: Map<ToleranceName, WindowCount>;
}

export const noneSeen: WindowCount = { count: 0, beyond: 0 };

/** The window of this number, counted from `startMs`. */
export const openWindow = (startMs: number, windowMs: number, index: number): OpenWindow => ({
  startMs: startMs + index * windowMs,
  endMs: startMs + (index + 1) * windowMs,
  tally: new Tally(),
  shares: new Map(),
});

export const inOrder = (open: ReadonlyMap<number, OpenWindow>) => [...open].sort(([a], [b]) => a - b);

/** Counts one sample of a tolerance in a window. */
export function countBeyond(
  shares: Map<ToleranceName, WindowCount>,
  name: ToleranceName,
  atMs: number,
  beyond: boolean,
): void {
  const before = shares.get(name) ?? noneSeen;
  shares.set(name, {
    count: before.count + 1,
    beyond: before.beyond + (beyond ? 1 : 0),
    firstBeyondMs: beyond ? Math.min(before.firstBeyondMs ?? atMs, atMs) : before.firstBeyondMs,
    lastBeyondMs: beyond ? Math.max(before.lastBeyondMs ?? atMs, atMs) : before.lastBeyondMs,
  });
}

/** The windows under way with requests that are late already: they will be beyond the limit, whatever comes of them. */
export function withLate(
  open: ReadonlyMap<number, OpenWindow>,
  startMs: number,
  { limit, windowMs }: { readonly limit: Limit; readonly windowMs: number },
  lateMs: readonly number[],
): ReadonlyMap<number, OpenWindow> {
  if (lateMs.length === 0) return open;
  const windows = new Map(
    [...open].map(([index, window]) => [index, { ...window, shares: new Map(window.shares) }]),
  );
  for (const dueMs of lateMs) {
    const index = Math.floor((dueMs - startMs) / windowMs);
    const window = windows.get(index) ?? openWindow(startMs, windowMs, index);
    windows.set(index, window);
    countBeyond(window.shares, limit.tolerance, dueMs, true);
  }
  return windows;
}

/** What a window showed. */
export function describe(probe: string, { startMs, endMs, tally }: OpenWindow): Window {
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((q) => tally.finitePercentile(q));
  return {
    probe,
    startMs,
    endMs,
    count: tally.count,
    errors: tally.failed,
    unusable: tally.unusable,
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p95Ms === undefined ? {} : { p95Ms }),
    ...(p99Ms === undefined ? {} : { p99Ms }),
    ...(tally.lowestValue === undefined ? {} : { lowestValue: tally.lowestValue }),
    ...(tally.highestValue === undefined ? {} : { highestValue: tally.highestValue }),
  };
}
