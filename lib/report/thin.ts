import { highest, lowest } from './numbers.ts';

/** A value of one window; undefined where the window has none. */
export interface Reading {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number | undefined;
}

interface Point {
  readonly atMs: number;
  readonly value: number;
}

interface Located extends Point {
  /** Readings of the same stretch follow one another without a gap. */
  readonly stretch: number;
}

/** Windows lie apart when there is room between them for half a window. */
const apart = (previous: Reading, next: Reading): boolean =>
  next.startMs - previous.endMs > (previous.endMs - previous.startMs) / 2;

/** The points of the readings in the order of time, each with the stretch it lies in. */
function locate(readings: readonly Reading[]): Located[] {
  const sorted = readings.toSorted((a, b) => a.startMs - b.startMs);
  let stretch = 0;
  return sorted.flatMap((reading, index) => {
    const previous = sorted[index - 1];
    if (previous !== undefined && (previous.value === undefined || apart(previous, reading))) stretch += 1;
    return reading.value === undefined
      ? []
      : { atMs: (reading.startMs + reading.endMs) / 2, value: reading.value, stretch };
  });
}

/** The lowest and the highest of a bucket, in the order of time. */
function extremes(bucket: readonly Located[]): Located[] {
  const values = bucket.map((point) => point.value);
  const low = values.indexOf(lowest(values));
  const high = values.indexOf(highest(values));
  return bucket.filter((_, index) => index === low || index === high);
}

/** Buckets of equal time, so that a gap stays as wide as it was. */
function bucketsOf(points: readonly Located[], buckets: number): Located[][] {
  const startMs = points[0]?.atMs ?? 0;
  const widthMs = ((points.at(-1)?.atMs ?? 0) - startMs) / buckets || 1;
  const byBucket = Map.groupBy(points, (point) =>
    Math.min(buckets - 1, Math.floor((point.atMs - startMs) / widthMs)),
  );
  return [...byBucket.values()];
}

export interface Thinned {
  /** Points to join; between two runs something is missing. */
  readonly runs: readonly (readonly Point[])[];
  /** How many readings each point stands for at most; 1 when nothing was left out. */
  readonly perBucket: number;
}

/**
 * Lines to draw from readings: at most `2 * buckets` points. Of many readings each bucket keeps the lowest and the highest, so that
 * no spike is lost. Nothing is joined across a gap: a bucket with a gap in it stands alone.
 */
export function thin(readings: readonly Reading[], buckets: number): Thinned {
  const points = locate(readings);
  const grouped = points.length <= 2 * buckets ? points.map((point) => [point]) : bucketsOf(points, buckets);
  const runs: Point[][] = [];
  let joined: number | undefined;
  for (const bucket of grouped) {
    const [first] = bucket;
    const last = bucket.at(-1);
    if (first === undefined || last === undefined) continue;
    const drawn = extremes(bucket).map(({ atMs, value }) => ({ atMs, value }));
    const whole = first.stretch === last.stretch;
    const run = whole && joined === first.stretch ? runs.at(-1) : undefined;
    if (run === undefined) runs.push(drawn);
    else run.push(...drawn);
    joined = whole ? last.stretch : undefined;
  }
  return { runs, perBucket: Math.max(1, ...grouped.map((bucket) => bucket.length)) };
}
