import type { Reading } from './thin.ts';

interface Stretch {
  startMs: number;
  endMs: number;
}

/** Stretches of at least `leastMs` within [startMs, endMs) that no reading covers, joined where less than `leastMs` lies between. */
export function gapsOf(
  readings: readonly Reading[],
  within: { readonly startMs: number; readonly endMs: number },
  leastMs: number,
): Stretch[] {
  const covered = readings
    .filter(
      (reading) =>
        reading.value !== undefined && reading.endMs > within.startMs && reading.startMs < within.endMs,
    )
    .toSorted((a, b) => a.startMs - b.startMs);
  const gaps: Stretch[] = [];
  let seenMs = within.startMs;
  const note = (startMs: number, endMs: number) => {
    if (endMs - startMs < leastMs) return;
    const last = gaps.at(-1);
    if (last !== undefined && startMs - last.endMs < leastMs) last.endMs = endMs;
    else gaps.push({ startMs, endMs });
  };
  for (const reading of covered) {
    note(seenMs, reading.startMs);
    seenMs = Math.max(seenMs, reading.endMs);
  }
  note(seenMs, within.endMs);
  return gaps;
}
