import { parseDuration } from '../../../fis/quantity.ts';
import type { Clock } from '../../../run/ports.ts';

/** A year: what is to stay longer has no time to live. It is also the longest duration that a definition takes. */
const longestMs = 366 * 86_400_000;

const mend = "give it as seconds (30) or as a duration ('30s', '5m'); 0 stands for none";

/**
 * How long something is left in place, in milliseconds: a number of seconds, or a text such as `'30s'`. 0 is without end;
 * undefined where nothing is said.
 */
export function readTimeToLive(
  value: unknown,
): { readonly ttlMs: number | undefined } | { readonly refused: string; readonly hint: string } {
  if (value === undefined || value === null) return { ttlMs: undefined };
  const ttlMs =
    typeof value === 'number'
      ? value * 1_000
      : typeof value === 'string'
        ? parseDuration(value)?.ms
        : undefined;
  if (ttlMs === undefined || !Number.isFinite(ttlMs) || ttlMs < 0 || ttlMs > longestMs)
    return { refused: `ttl: ${JSON.stringify(value)} is no time to live`, hint: mend };
  return { ttlMs };
}

/** The longest that setTimeout can wait; it would turn a longer time into none at all. */
const longestTimerMs = 2 ** 31 - 1;

/** Sleeps however long it is. */
export async function sleepLong(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const untilMs = clock.now() + ms;
  for (let leftMs = ms; leftMs > 0 && !signal.aborted; leftMs = untilMs - clock.now())
    await clock.sleep(Math.min(leftMs, longestTimerMs), signal);
}

/** What a client is shown of a time to live. */
export const shownTimeToLive = (ttlMs: number | undefined, expiresAtMs: number | undefined) =>
  ttlMs === undefined || expiresAtMs === undefined
    ? {}
    : { ttl: ttlMs / 1_000, expiresAt: new Date(expiresAtMs).toISOString() };
