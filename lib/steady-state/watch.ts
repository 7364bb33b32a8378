import * as z from 'zod';
import type { ToleranceName } from '../experiment/tolerance.ts';
import { type Limit, limitOf } from './limit.ts';
import { type ProbeSpec, type Seen, toleranceNames } from './probe-spec.ts';
import {
  afterSample,
  afterWindow,
  isMissed,
  isPlainlyMissed,
  isTooLong,
  lengthMs,
  noStreak,
  type Streak,
  streakSchema,
} from './streak.ts';
import { Tally } from './tally.ts';
import type { Window } from './window.ts';
import { seconds } from './words.ts';

/** What the watch must remember from one slice to the next. */
export const watchDigestSchema = z.object({
  probes: z.record(
    z.string(),
    z.object({ lastUsableMs: z.number(), streaks: z.record(z.string(), streakSchema) }),
  ),
});

export type WatchDigest = z.output<typeof watchDigestSchema>;

/** Why the watch would end the fault now. */
export interface Alarm {
  readonly by: 'watch' | 'blind';
  readonly probe: string;
  readonly tolerance?: ToleranceName;
  readonly atMs: number;
  readonly reason: string;
}

interface OpenWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly tally: Tally;
  /** For each tolerance that judges shares: how many samples said something, and how many lay beyond. */
  readonly shares: Map<ToleranceName, { count: number; beyond: number }>;
}

interface Watched {
  readonly spec: ProbeSpec;
  readonly limits: readonly Limit[];
  readonly streaks: Map<ToleranceName, Streak>;
  readonly open: Map<number, OpenWindow>;
  /** When the requests were due that are under way. */
  pending: readonly number[];
  lastUsableMs: number;
}

/** Judges continuously: windows of about a second, streaks of missed ones, and blindness. Samples may come in any order within a time-out. */
export interface Watch {
  add(probe: string, seen: Seen): void;
  /** These requests of this probe are under way now, replacing what was told before. One older than a limit of latency is beyond it. */
  pending(probe: string, dueMs: readonly number[]): void;
  /**
   * Closes the windows that are over by `nowMs` and whose samples are all in, and tells the first reason to halt. Every sample due
   * before `settledMs` is in; unless it is given, stragglers are waited for until they must have timed out.
   */
  tick(nowMs: number, settledMs?: number): Alarm | undefined;
  /** Closes every window: all answers are in. */
  finish(nowMs: number): Alarm | undefined;
  /** The windows closed since the last call. */
  takeWindows(): Window[];
  digest(): WatchDigest;
}

/** A watch from `startMs` on, going on where `digest` left off. */
export function createWatch(specs: readonly ProbeSpec[], startMs: number, digest?: WatchDigest): Watch {
  const watched = new Map<string, Watched>(specs.map((spec) => [spec.name, resume(spec, startMs, digest)]));
  let closed: Window[] = [];

  const closeUntil = (probe: Watched, untilMs: number) => {
    for (const [index, window] of [...probe.open].sort(([a], [b]) => a - b)) {
      if (window.endMs > untilMs) break;
      probe.open.delete(index);
      closed.push(describe(probe.spec.name, window));
      for (const limit of probe.limits) {
        const share = window.shares.get(limit.tolerance);
        if (limit.rule.kind !== 'share' || share === undefined) continue;
        const streak = probe.streaks.get(limit.tolerance) ?? noStreak;
        probe.streaks.set(
          limit.tolerance,
          afterWindow(streak, limit, { startMs: window.startMs, endMs: window.endMs, ...share }),
        );
      }
    }
  };

  return {
    add(name, seen) {
      const probe = watched.get(name);
      // A metric's data comes late: what it says of the time before is not this stretch's.
      if (probe === undefined || seen.atMs < startMs) return;
      const index = Math.floor((seen.atMs - startMs) / probe.spec.windowMs);
      const window = probe.open.get(index) ?? openWindow(probe, startMs + index * probe.spec.windowMs);
      probe.open.set(index, window);
      window.tally.add(seen);
      if (!seen.usable) return;
      probe.lastUsableMs = Math.max(probe.lastUsableMs, seen.atMs);
      for (const limit of probe.limits) {
        const beyond = limit.beyond(seen);
        if (beyond === undefined) continue;
        if (limit.rule.kind === 'each') {
          const streak = probe.streaks.get(limit.tolerance) ?? noStreak;
          probe.streaks.set(
            limit.tolerance,
            afterSample(streak, { atMs: seen.atMs, beyond }, probe.spec.patienceMs),
          );
        } else {
          const share = window.shares.get(limit.tolerance) ?? { count: 0, beyond: 0 };
          window.shares.set(limit.tolerance, {
            count: share.count + 1,
            beyond: share.beyond + (beyond ? 1 : 0),
          });
        }
      }
    },
    pending(name, dueMs) {
      const probe = watched.get(name);
      if (probe !== undefined) probe.pending = dueMs.filter((due) => due >= startMs);
    },
    tick(nowMs, settledMs = 0) {
      for (const probe of watched.values())
        closeUntil(probe, Math.max(settledMs, nowMs - probe.spec.timeoutMs));
      return firstAlarm(watched.values(), nowMs, settledMs, startMs);
    },
    finish(nowMs) {
      for (const probe of watched.values()) {
        probe.pending = [];
        closeUntil(probe, Number.POSITIVE_INFINITY);
      }
      return firstAlarm(watched.values(), nowMs, nowMs, startMs);
    },
    takeWindows() {
      const taken = closed;
      closed = [];
      return taken;
    },
    digest: () => ({
      probes: Object.fromEntries(
        [...watched.values()].map((probe) => [
          probe.spec.name,
          { lastUsableMs: probe.lastUsableMs, streaks: Object.fromEntries(probe.streaks) },
        ]),
      ),
    }),
  };
}

function resume(spec: ProbeSpec, startMs: number, digest: WatchDigest | undefined): Watched {
  const before = digest?.probes[spec.name];
  const limits = toleranceNames(spec.tolerances).flatMap((name) => limitOf(spec.tolerances, name) ?? []);
  return {
    spec,
    limits,
    streaks: new Map(limits.map((limit) => [limit.tolerance, before?.streaks[limit.tolerance] ?? noStreak])),
    open: new Map(),
    pending: [],
    lastUsableMs: before?.lastUsableMs ?? startMs,
  };
}

const openWindow = (probe: Watched, startMs: number): OpenWindow => ({
  startMs,
  endMs: startMs + probe.spec.windowMs,
  tally: new Tally(),
  shares: new Map(),
});

function describe(probe: string, { startMs, endMs, tally }: OpenWindow): Window {
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

/** Fewest samples of a window under way that may prolong a streak. */
const fewestToProlong = 5;

/**
 * The streak with the windows under way counted in, as far as their samples have come: a streak need not wait for the end of a window
 * to grow too long. They prolong a streak that is running; they begin one only where a majority of them is beyond the limit.
 */
function streakSoFar(
  probe: Watched,
  limit: Limit,
  { nowMs, settledMs, startMs }: { nowMs: number; settledMs: number; startMs: number },
): Streak {
  let streak = probe.streaks.get(limit.tolerance) ?? noStreak;
  if (limit.rule.kind === 'each') return streak;
  const isLatency = limit.rule.q !== undefined;
  const overdue = isLatency ? probe.pending.filter((dueMs) => nowMs - dueMs >= limit.value) : [];
  // A request that is beyond the limit whatever comes of it is as good as answered.
  const knownMs =
    overdue.length === 0
      ? settledMs
      : Math.min(nowMs, ...probe.pending.filter((dueMs) => nowMs - dueMs < limit.value));
  const late = new Map<number, number>();
  for (const dueMs of overdue) {
    const index = Math.floor((dueMs - startMs) / probe.spec.windowMs);
    late.set(index, (late.get(index) ?? 0) + 1);
  }
  const indexes = [...new Set([...probe.open.keys(), ...late.keys()])].sort((a, b) => a - b);
  for (const index of indexes) {
    const window = probe.open.get(index);
    const beginMs = startMs + index * probe.spec.windowMs;
    const seen = window?.shares.get(limit.tolerance) ?? { count: 0, beyond: 0 };
    const count = seen.count + (late.get(index) ?? 0);
    const beyond = seen.beyond + (late.get(index) ?? 0);
    const endMs = Math.min(beginMs + probe.spec.windowMs, knownMs);
    const prolongs =
      streak.sinceMs !== undefined && count >= fewestToProlong && isMissed(limit, beyond, count);
    if (endMs <= beginMs || !(prolongs || isPlainlyMissed(limit, beyond, count))) break;
    streak = {
      sinceMs: streak.sinceMs ?? beginMs,
      lastMs: endMs,
      count: streak.count + count,
      beyond: streak.beyond + beyond,
    };
  }
  return streak;
}

function firstAlarm(
  probes: Iterable<Watched>,
  nowMs: number,
  settledMs: number,
  startMs: number,
): Alarm | undefined {
  for (const probe of probes) {
    for (const limit of probe.limits) {
      const streak = streakSoFar(probe, limit, { nowMs, settledMs, startMs });
      if (isTooLong(streak, limit)) {
        return {
          by: 'watch',
          probe: probe.spec.name,
          tolerance: limit.tolerance,
          atMs: nowMs,
          reason:
            `${probe.spec.name}: ${limit.tolerance} was not ${limit.text} for ${seconds(lengthMs(streak))}, ` +
            `longer than the ${seconds(limit.missedForMs)} it may be (${streak.beyond} of ${streak.count} samples beyond the limit)`,
        };
      }
    }
    const blindFor = nowMs - probe.lastUsableMs;
    if (blindFor > probe.spec.blindMs) {
      return {
        by: 'blind',
        probe: probe.spec.name,
        atMs: nowMs,
        reason: `${probe.spec.name}: no usable sample for ${seconds(blindFor)}; nobody could see whether the system was well`,
      };
    }
  }
  return undefined;
}
