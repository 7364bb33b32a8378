import { type CronTimes, cronTimesOf } from '../experiment/cron-times.ts';
import { offsetMs } from './zone-offset.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Longer than between any two days on which an expression comes: a fifth Monday in February is the rarest, 40 years across 2100. */
const farthestDays = 41 * 366;

/** When something begins that comes again and again. */
export interface Starts {
  /** The last start until a moment. */
  readonly startUntil: (ms: number) => number | undefined;
  /** The first after it. */
  readonly startAfter: (ms: number) => number | undefined;
}

/**
 * The starts of a cron expression by the clocks of a zone. A fixed time in the hour that is left out as clocks go forward comes at the
 * end of that hour, and one that comes twice is the first; what comes all the time comes whenever a clock shows it.
 */
export function startsOf({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }): Starts {
  const times = cronTimesOf(cron);
  const byDay = new Map<number, readonly number[]>();
  const onDay = (midnightMs: number): readonly number[] => {
    if (!times.onDay(midnightMs)) return [];
    const starts = byDay.get(midnightMs) ?? startsOn(midnightMs, times, timeZone);
    byDay.set(midnightMs, starts);
    return starts;
  };
  const midnightOf = (ms: number) => Math.floor((ms + offsetMs(timeZone, ms)) / dayMs) * dayMs;
  /** Day by day, three of them at once: where clocks change at midnight, starts of two days may be mixed. */
  const search = (ms: number, way: 1 | -1, fits: (start: number) => boolean): number | undefined => {
    const today = midnightOf(ms);
    for (let day = 0; day <= farthestDays; day += 1) {
      const days = day === 0 ? [-1, 0, 1] : [way * (day + 1)];
      const found = days.flatMap((one) => onDay(today + one * dayMs)).filter(fits);
      if (found.length > 0) return way === 1 ? Math.min(...found) : Math.max(...found);
    }
    return undefined;
  };
  return {
    startUntil: (ms) => search(ms, -1, (start) => start <= ms),
    startAfter: (ms) => search(ms, 1, (start) => start > ms),
  };
}

function startsOn(midnightMs: number, { minutesOfDay, isFixed }: CronTimes, timeZone: string): number[] {
  const before = offsetMs(timeZone, midnightMs - dayMs);
  const after = offsetMs(timeZone, midnightMs + 2 * dayMs);
  return minutesOfDay.flatMap((minute) => {
    const shown = midnightMs + minute * minuteMs;
    if (before === after) return [shown - before];
    const moments = [shown - before, shown - after]
      .filter((ms) => ms + offsetMs(timeZone, ms) === shown)
      .toSorted((a, b) => a - b);
    if (!isFixed) return moments;
    const [first] = moments;
    return [first ?? changeBetween(timeZone, shown - after, shown - before)];
  });
}

/** The moment at which a zone's clocks go forward, between two moments before and after it. */
function changeBetween(timeZone: string, fromMs: number, toMs: number): number {
  const offset = offsetMs(timeZone, fromMs);
  let [before, after] = [fromMs, toMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(timeZone, middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
