import type { Environment } from '../experiment/environment.ts';
import type { PlanBlackout } from './plan-blackout.ts';
import { startsOf } from './recurring-starts.ts';
import { offsetMs } from './zone-offset.ts';

type Recurring = Extract<PlanBlackout, { cron: string }>;

/** A stretch of time in which no run may start, half-open. */
export interface BlackoutInterval {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
}

/** So many that follow on one another without a gap are joined behind what was asked for: one that is always on has no end. */
const mostJoined = 50;

/** An environment's blackouts as a plan holds them. */
export const planBlackoutsOf = (blackouts: Environment['blackouts'] = []): PlanBlackout[] =>
  blackouts.map((blackout) => {
    if ('from' in blackout) return blackout;
    const { cron, timeZone, lasts, reason } = blackout;
    return { cron, timeZone, lastsMs: lasts.ms, reason };
  });

/** The blackout that is on at a moment, until it is over for good; undefined where none is. Where several are, the one that lasts longest. */
export function blackoutAt(blackouts: readonly PlanBlackout[], nowMs: number): BlackoutInterval | undefined {
  return blackouts
    .flatMap((blackout) => intervalsOf(blackout, nowMs, nowMs + 1))
    .toSorted((a, b) => b.toMs - a.toMs)[0];
}

/** The first blackout that touches [fromMs, toMs); undefined where none does. */
export function firstBlackoutIn(
  blackouts: readonly PlanBlackout[],
  fromMs: number,
  toMs: number,
): BlackoutInterval | undefined {
  return blackoutIntervals(blackouts, fromMs, toMs)[0];
}

/**
 * Every stretch of [fromMs, toMs) in which a blackout is on, in the order of their beginnings; those of one blackout do not overlap.
 * Each is whole: it may begin before `fromMs` and end after `toMs`.
 */
export const blackoutIntervals = (
  blackouts: readonly PlanBlackout[],
  fromMs: number,
  toMs: number,
): BlackoutInterval[] =>
  blackouts
    .flatMap((blackout) => intervalsOf(blackout, fromMs, toMs))
    .toSorted((a, b) => a.fromMs - b.fromMs || b.toMs - a.toMs);

function intervalsOf(blackout: PlanBlackout, fromMs: number, toMs: number): BlackoutInterval[] {
  if ('cron' in blackout) return recurringIn(blackout, fromMs, toMs);
  const once = { fromMs: Date.parse(blackout.from), toMs: Date.parse(blackout.until) };
  return once.fromMs < toMs && fromMs < once.toMs ? [{ ...once, reason: blackout.reason }] : [];
}

function recurringIn(blackout: Recurring, fromMs: number, toMs: number): BlackoutInterval[] {
  const { reason } = blackout;
  const { startUntil, startAfter } = startsOf(blackout);
  const intervals: BlackoutInterval[] = [];
  let start = startUntil(fromMs);
  if (start === undefined || endOf(blackout, start) <= fromMs) start = startAfter(fromMs);
  while (start !== undefined && start < toMs) {
    const end = endOfChain(blackout, startUntil, start, toMs);
    intervals.push({ fromMs: start, toMs: end, reason });
    start = startAfter(end);
  }
  return intervals;
}

/** When a blackout that began at `start` is over, those that begin before it is over included. */
function endOfChain(
  blackout: Recurring,
  startUntil: (ms: number) => number | undefined,
  start: number,
  toMs: number,
): number {
  let end = endOf(blackout, start);
  for (let joined = 0; joined < mostJoined; joined += end < toMs ? 0 : 1) {
    const last = startUntil(end);
    const later = last === undefined ? end : endOf(blackout, last);
    if (later <= end) break;
    end = later;
  }
  return end;
}

/** By the clock on the wall where it is set back meanwhile, so that a night that ends at six does not end at five. */
function endOf({ timeZone, lastsMs }: Recurring, start: number): number {
  const end = start + lastsMs;
  return end + Math.max(0, offsetMs(timeZone, start) - offsetMs(timeZone, end));
}
