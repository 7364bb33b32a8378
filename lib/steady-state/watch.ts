import * as z from 'zod/mini';
import type { ToleranceName } from '../experiment/tolerance.ts';
import { isShareLimit, type Limit, limitsOf, type ShareLimit } from './limit.ts';
import {
  countBeyond,
  describe,
  inOrder,
  noneSeen,
  type OpenWindow,
  openWindow,
  withLate,
} from './open-window.ts';
import type { ProbeSpec, Seen } from './probe-spec.ts';
import {
  freshShareWatch,
  type Miss,
  missOf,
  type ShareWatch,
  shareWatchSchema,
  watchWindow,
} from './share-watch.ts';
import { afterSample, isTooLong, lengthMs, noStreak, type Streak, streakSchema } from './streak.ts';
import type { Window } from './window.ts';
import { longer, seconds } from './words.ts';

/** What the watch must remember from one slice to the next. */
export const watchDigestSchema = z.object({
  probes: z.record(
    z.string(),
    z.object({
      lastUsableMs: z.number(),
      streaks: z.record(z.string(), streakSchema),
      shares: z.record(z.string(), shareWatchSchema),
    }),
  ),
});

export type WatchDigest = z.output<typeof watchDigestSchema>;

/** Why the watch would end the fault now. */
export interface Alarm {
  readonly by: 'watch' | 'blind';
  readonly probe: string;
  readonly tolerance?: ToleranceName;
  readonly atMs: number;
  /** Since when the tolerance has been missed, or nothing usable was seen. */
  readonly sinceMs: number;
  readonly reason: string;
}

/** How many samples are worth one independent one, by probe and tolerance; 1 where it is absent. */
export type DesignEffects = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Watched {
  readonly spec: ProbeSpec;
  readonly startMs: number;
  readonly limits: readonly WatchedLimit[];
  readonly open: Map<number, OpenWindow>;
  /** When the requests that are under way were due. */
  pending: readonly number[];
  lastUsableMs: number;
}

/** A limit with what has been seen of it; of a share in whole windows. */
type WatchedLimit =
  | { readonly kind: 'each'; readonly limit: Limit; streak: Streak }
  | {
      readonly kind: 'share';
      readonly limit: ShareLimit;
      readonly designEffect: number;
      readonly windowMs: number;
      watch: ShareWatch;
    };

/** Judges continuously: windows of about a second, streaks of missed ones, and blindness. Samples may come in any order within a time-out. */
export interface Watch {
  add(probe: string, seen: Seen): void;
  /**
   * The requests of this probe that are under way now, by when they were due, in place of what was told before: one that is older than
   * its latency may be counts at once, and need not be answered first.
   */
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
export function createWatch(
  specs: readonly ProbeSpec[],
  startMs: number,
  digest?: WatchDigest,
  effects: DesignEffects = {},
): Watch {
  const watched = new Map<string, Watched>(
    specs.map((spec) => [spec.name, resume(spec, startMs, digest, effects[spec.name] ?? {})]),
  );
  let closed: Window[] = [];

  const closeUntil = (probe: Watched, untilMs: number) => {
    for (const [index, window] of inOrder(probe.open)) {
      if (window.endMs > untilMs) break;
      probe.open.delete(index);
      closed.push(describe(probe.spec.name, window));
      for (const one of probe.limits) {
        const share = window.shares.get(one.limit.tolerance);
        if (one.kind === 'share' && share !== undefined) one.watch = watchWindow(one.watch, one, share);
      }
    }
  };

  return {
    add(name, seen) {
      const probe = watched.get(name);
      // A metric's data comes late: what it says of the time before is not this stretch's.
      if (probe === undefined || seen.atMs < startMs) return;
      const index = Math.floor((seen.atMs - startMs) / probe.spec.windowMs);
      const window = probe.open.get(index) ?? openWindow(startMs, probe.spec.windowMs, index);
      probe.open.set(index, window);
      window.tally.add(seen);
      if (!seen.usable) return;
      probe.lastUsableMs = Math.max(probe.lastUsableMs, seen.atMs);
      for (const one of probe.limits) {
        const beyond = one.limit.beyond(seen);
        if (beyond === undefined) continue;
        if (one.kind === 'each')
          one.streak = afterSample(one.streak, { atMs: seen.atMs, beyond }, probe.spec.patienceMs);
        else countBeyond(window.shares, one.limit.tolerance, seen.atMs, beyond);
      }
    },
    pending(name, dueMs) {
      const probe = watched.get(name);
      if (probe !== undefined) probe.pending = dueMs;
    },
    tick(nowMs, settledMs = 0) {
      for (const probe of watched.values())
        closeUntil(probe, Math.max(settledMs, nowMs - probe.spec.timeoutMs));
      return firstAlarm(watched.values(), nowMs);
    },
    finish(nowMs) {
      for (const probe of watched.values()) {
        probe.pending = [];
        closeUntil(probe, Number.POSITIVE_INFINITY);
      }
      return firstAlarm(watched.values(), nowMs);
    },
    takeWindows() {
      const taken = closed;
      closed = [];
      return taken;
    },
    digest: () => ({
      probes: Object.fromEntries([...watched.values()].map((probe) => [probe.spec.name, digestOf(probe)])),
    }),
  };
}

function resume(
  spec: ProbeSpec,
  startMs: number,
  digest: WatchDigest | undefined,
  effects: Readonly<Record<string, number>>,
): Watched {
  const before = digest?.probes[spec.name];
  return {
    spec,
    startMs,
    limits: limitsOf(spec.tolerances).map((limit): WatchedLimit => {
      const { tolerance } = limit;
      if (!isShareLimit(limit))
        return { kind: 'each', limit, streak: before?.streaks[tolerance] ?? noStreak };
      return {
        kind: 'share',
        limit,
        designEffect: effects[tolerance] ?? 1,
        windowMs: spec.windowMs,
        watch: before?.shares[tolerance] ?? freshShareWatch,
      };
    }),
    open: new Map(),
    pending: [],
    lastUsableMs: before?.lastUsableMs ?? startMs,
  };
}

const digestOf = ({ lastUsableMs, limits }: Watched): WatchDigest['probes'][string] => ({
  lastUsableMs,
  streaks: Object.fromEntries(
    limits.flatMap((one) => (one.kind === 'each' ? [[one.limit.tolerance, one.streak]] : [])),
  ),
  shares: Object.fromEntries(
    limits.flatMap((one) => (one.kind === 'share' ? [[one.limit.tolerance, one.watch]] : [])),
  ),
});

/**
 * What the watch over a share has found, the windows under way counted in as far as their samples have come: an outage need not wait
 * for the end of a window, nor for answers that are late already.
 */
function missSoFar(
  probe: Watched,
  one: Extract<WatchedLimit, { kind: 'share' }>,
  nowMs: number,
): Miss | undefined {
  let { watch } = one;
  const late = probe.pending.filter(
    (dueMs) => one.limit.rule.q !== undefined && nowMs - dueMs >= one.limit.value,
  );
  for (const [, window] of inOrder(withLate(probe.open, probe.startMs, one, late)))
    watch = watchWindow(watch, one, window.shares.get(one.limit.tolerance) ?? noneSeen);
  return missOf(watch, one);
}

function firstAlarm(probes: Iterable<Watched>, nowMs: number): Alarm | undefined {
  for (const probe of probes) {
    for (const one of probe.limits) {
      const miss = one.kind === 'share' ? missSoFar(probe, one, nowMs) : missOfEach(one.limit, one.streak);
      if (miss !== undefined) return alarmOf(probe.spec.name, one.limit, miss, nowMs);
    }
    const blindFor = nowMs - probe.lastUsableMs;
    if (blindFor > probe.spec.blindMs) {
      return {
        by: 'blind',
        probe: probe.spec.name,
        atMs: nowMs,
        sinceMs: probe.lastUsableMs,
        reason: `${probe.spec.name}: no usable sample for ${seconds(blindFor)}; nobody could see whether the system was well`,
      };
    }
  }
  return undefined;
}

const missOfEach = (limit: Limit, streak: Streak): Miss | undefined =>
  isTooLong(streak, limit, 1) ? { kind: 'streak', streak } : undefined;

function alarmOf(probe: string, limit: Limit, { kind, streak }: Miss, nowMs: number): Alarm {
  const lasted = seconds(lengthMs(streak));
  const counted = `${streak.beyond} of ${streak.count} samples beyond the limit`;
  return {
    by: 'watch',
    probe,
    tolerance: limit.tolerance,
    atMs: nowMs,
    sinceMs: streak.sinceMs ?? nowMs,
    reason:
      kind === 'streak'
        ? `${probe}: ${limit.tolerance} was not ${limit.text} for ${longer(lengthMs(streak), limit.missedForMs)} (${counted})`
        : `${probe}: ${limit.tolerance} was not ${limit.text}, on the whole, for ${lasted} (${counted})`,
  };
}
