import { build, type Histogram } from 'hdr-histogram-js';
import type { ProbeSpec, Seen } from './probe-spec.ts';

/** Latencies are counted in microseconds, up to an hour, to three significant digits (an error of at most 0.1 %). */
const microseconds = 1_000;
const longestMs = 3_600_000;

/** What one probe saw over a stretch of time, in bounded memory. */
export class Tally {
  count = 0;
  failed = 0;
  unusable = 0;
  lowestValue: number | undefined;
  highestValue: number | undefined;
  values = 0;
  /** The longest time without a usable sample so far, the beginning of the stretch included. */
  longestGapMs = 0;
  private lastUsableMs: number;
  private answered = 0;
  private readonly histogram: Histogram;

  constructor(startMs: number) {
    this.lastUsableMs = startMs;
    this.histogram = build({
      bitBucketSize: 32,
      lowestDiscernibleValue: 1,
      highestTrackableValue: longestMs * microseconds,
      numberOfSignificantValueDigits: 3,
      autoResize: true,
      useWebAssembly: false,
    });
  }

  add(seen: Seen): void {
    if (!seen.usable) {
      this.unusable += 1;
      return;
    }
    this.count += 1;
    this.longestGapMs = Math.max(this.longestGapMs, seen.atMs - this.lastUsableMs);
    this.lastUsableMs = Math.max(this.lastUsableMs, seen.atMs);
    if (seen.failed) {
      this.failed += 1;
    } else if (seen.latencyMs !== undefined) {
      this.answered += 1;
      this.histogram.recordValue(Math.round(Math.min(seen.latencyMs, longestMs) * microseconds));
    }
    if (seen.value !== undefined) {
      this.values += 1;
      this.lowestValue = Math.min(this.lowestValue ?? seen.value, seen.value);
      this.highestValue = Math.max(this.highestValue ?? seen.value, seen.value);
    }
  }

  /** The longest time without a usable sample, up to `endMs`. */
  gapMs(endMs: number): number {
    return Math.max(this.longestGapMs, endMs - this.lastUsableMs);
  }

  get errorRate(): number | undefined {
    return this.count === 0 ? undefined : this.failed / this.count;
  }

  /**
   * The latency that a share `q` of all requests stayed within, in milliseconds. A request without a good answer counts as slower
   * than any: the result is Infinity where the percentile falls among those, undefined where nothing was asked.
   */
  percentile(q: number): number | undefined {
    const timed = this.answered + this.failed;
    if (timed === 0) return undefined;
    const rank = Math.ceil(q * timed - 1e-9);
    if (rank > this.answered) return Number.POSITIVE_INFINITY;
    return this.histogram.getValueAtPercentile((100 * Math.max(rank, 1)) / this.answered) / microseconds;
  }

  /** The same, where it is a number. */
  finitePercentile(q: number): number | undefined {
    const found = this.percentile(q);
    return found === undefined || !Number.isFinite(found) ? undefined : found;
  }
}

/** A tally for each probe. */
export const tallies = (specs: readonly ProbeSpec[], startMs: number): Map<string, Tally> =>
  new Map(specs.map((spec) => [spec.name, new Tally(startMs)]));
