/** What a request's due time is drawn from. */
export interface DueTime {
  readonly seed: number;
  readonly probe: string;
  /** Which of the probe's requests in this phase it is, from 0. */
  readonly index: number;
  /** When the phase began. */
  readonly startMs: number;
  readonly intervalMs: number;
}

/**
 * When a request is due: anywhere in its own interval, so at most half an interval from the even beat. The arrival rate stays what it
 * is, one request an interval, and no period of the system's own can fall in with it: over many intervals, each part of any period is
 * looked at as often as every other. It is a pure function of what it is given, so that a slice that is repeated asks at the same times.
 */
export const dueTimeMs = ({ seed, probe, index, startMs, intervalMs }: DueTime): number =>
  startMs + (index + shareOf(`${seed}/${probe}/${index}`)) * intervalMs;

/** A number from 0 (inclusive) to 1 (exclusive) for a text: FNV-1a (Fowler, Noll, Vo), finished as MurmurHash3 is so that all bits mix. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
