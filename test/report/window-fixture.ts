import type { Window } from '../../lib/steady-state/window.ts';

export const startMs = Date.parse('2026-05-01T09:30:00.000Z');

/** A time so many seconds after the start of the run. */
export const at = (seconds: number): string => new Date(startMs + seconds * 1_000).toISOString();

/** How a probe fares over a stretch. */
export interface Course {
  readonly medianMs: number;
  readonly spreadMs: number;
  readonly errorShare: number;
  /** The value so many seconds into the stretch. */
  readonly value: (second: number) => number;
}

/** A number from 0 to 1 that looks random and is always the same for the same seed. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
};

/** Windows of a second from one second of the run to another. */
export function windowsOf(probe: string, fromS: number, toS: number, course: Course): Window[] {
  return Array.from({ length: toS - fromS }, (_, second): Window => {
    const seed = (fromS + second) * 7 + probe.length;
    const p50Ms = course.medianMs + noise(seed) * course.spreadMs * 0.3;
    const value = course.value(second) + noise(seed + 1) * 0.2;
    return {
      probe,
      startMs: startMs + (fromS + second) * 1_000,
      endMs: startMs + (fromS + second + 1) * 1_000,
      count: 200,
      errors: Math.round(200 * course.errorShare * 2 * noise(seed + 2)),
      unusable: 0,
      p50Ms,
      p95Ms: p50Ms + (0.8 + noise(seed + 3)) * course.spreadMs,
      p99Ms: p50Ms + (1.4 + 1.6 * noise(seed + 4)) * course.spreadMs,
      lowestValue: value - 0.2,
      highestValue: value,
    };
  });
}
