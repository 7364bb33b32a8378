import { LatencyCounts } from './latency-counts.ts';
import type { Seen } from './probe-spec.ts';

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
  private answered = 0;
  private readonly latencies = new LatencyCounts();

  add(seen: Seen): void {
    if (!seen.usable) {
      this.unusable += 1;
      return;
    }
    this.count += 1;
    if (seen.failed) {
      this.failed += 1;
    } else if (seen.latencyMs !== undefined) {
      this.answered += 1;
      this.latencies.add(Math.round(Math.min(seen.latencyMs, longestMs) * microseconds));
    }
    if (seen.value !== undefined) {
      this.values += 1;
      this.lowestValue = Math.min(this.lowestValue ?? seen.value, seen.value);
      this.highestValue = Math.max(this.highestValue ?? seen.value, seen.value);
    }
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
    return this.latencies.atRank(Math.max(rank, 1)) / microseconds;
  }

  /** The same as `percentile`, where it is a number. */
  finitePercentile(q: number): number | undefined {
    const found = this.percentile(q);
    return found === undefined || !Number.isFinite(found) ? undefined : found;
  }

  /** How many requests took `latencyMs` or longer, those without a good answer among them; to three significant digits. */
  slowerThan(latencyMs: number): { readonly beyond: number; readonly count: number } {
    const count = this.answered + this.failed;
    let low = 0;
    let high = this.answered;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.percentile((middle + 1) / count) ?? 0) < latencyMs) low = middle + 1;
      else high = middle;
    }
    return { beyond: count - low, count };
  }
}
