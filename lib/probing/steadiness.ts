import type { Clock } from '../run/ports.ts';

/** Why the time that one request took cannot be trusted. */
export interface Unsteady {
  readonly why: string;
  /** How much of it was none of the system's; nobody knows where clocks were moved. */
  readonly lostMs: number;
}

/** Whether time went evenly for this process: what it measures is worth nothing where it did not. */
export interface Steadiness {
  /** Follows one request; the function that it returns ends that, and tells whether its time can be trusted. */
  follow(): () => Unsteady | undefined;
  /** When the time of day was last moved, by the new time of day, and by how much. */
  readonly moved: { readonly atMs: number; readonly byMs: number } | undefined;
}

/** Between two signs of life while requests are under way. */
const beatMs = 20;

/** As late as a request may be sent (lib/run/ask-regularly.ts), an answer may be noticed. */
const longestStandstillMs = 100;

/** A clock that is only regulated runs off by 0.05 % at most (adjtimex(2)); twice that, and what a step must exceed, is a jump. */
const regulated = { share: 0.001, stepMs: 100 } as const;

/**
 * Notices when this process stood still (it was stopped, or had no CPU), and when the time of day was moved or the machine slept:
 * then the clock of the day and the one that counts evenly come apart.
 */
export function createSteadiness(clock: Clock): Steadiness {
  let following = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let lastBeatMs = 0;
  let stoodStillMs = 0;
  let apart: { readonly ms: number; readonly seenMs: number } | undefined;
  let moved: Steadiness['moved'];

  // Of the process itself, not of the run's clock: it is real time that it stands still.
  const overdueMs = () => performance.now() - lastBeatMs - beatMs;
  const beat = () => {
    const late = overdueMs();
    if (late > longestStandstillMs) stoodStillMs += late;
    lastBeatMs = performance.now();
  };

  const lookAtTimeOfDay = () => {
    if (clock.timeOfDay === undefined) return;
    const nowMs = clock.now();
    const dayMs = clock.timeOfDay();
    const byMs = dayMs - nowMs - (apart?.ms ?? dayMs - nowMs);
    const allowedMs = regulated.stepMs + regulated.share * (nowMs - (apart?.seenMs ?? nowMs));
    if (Math.abs(byMs) > allowedMs) moved = { atMs: dayMs, byMs };
    apart = { ms: dayMs - nowMs, seenMs: nowMs };
  };

  return {
    get moved() {
      return moved;
    },
    follow: () => {
      lookAtTimeOfDay();
      const movedBefore = moved;
      if (following === 0) {
        lastBeatMs = performance.now();
        timer = setInterval(beat, beatMs).unref();
      }
      following += 1;
      const stoodStillBeforeMs = stoodStillMs;
      return () => {
        beat();
        following -= 1;
        if (following === 0) clearInterval(timer);
        lookAtTimeOfDay();
        if (moved !== movedBefore && moved !== undefined) {
          const by = inSeconds(moved.byMs);
          return {
            why: `the time of day was moved by ${by}, or the machine slept, while it was under way`,
            lostMs: Number.POSITIVE_INFINITY,
          };
        }
        const lostMs = stoodStillMs - stoodStillBeforeMs;
        if (lostMs === 0) return undefined;
        return { why: `this process stood still for ${lostMs.toFixed(0)} ms while it was under way`, lostMs };
      };
    },
  };
}

export const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
