import { type Bounded, type BoundedShare, boundedQuantile, boundedShare, valueIn } from './bounds.ts';
import type { BaselineProbe } from './judgement.ts';
import type { Limit } from './limit.ts';
import type { Seen } from './probe-spec.ts';
import { designEffect } from './statistics/design-effect.ts';
import { Tally } from './tally.ts';

/** Samples beyond a threshold that tell how they follow one another: with fewer, chance makes the pattern. */
const tellingSamples = 50;

/** From this share of a limit on, a latency is near it. */
const nearLimit = 0.5;

/** A baseline of more samples than this tells no more of how they follow one another. */
const mostKept = 200_000;

/** What one probe saw before any fault, in the order of time: its level, and how it varies by itself. */
export class BaselineSeries {
  readonly tally = new Tally();
  readonly #latencies: number[] = [];
  readonly #failed: boolean[] = [];
  readonly #effects = new Map<string, number>();
  #sorted: Float64Array | undefined;

  add(seen: Seen): void {
    this.tally.add(seen);
    this.#sorted = undefined;
    this.#effects.clear();
    if (!seen.usable || this.#failed.length >= mostKept) return;
    this.#failed.push(seen.failed);
    if (seen.failed) this.#latencies.push(Number.POSITIVE_INFINITY);
    else if (seen.latencyMs !== undefined) this.#latencies.push(seen.latencyMs);
  }

  /** The share of the samples that lay beyond a limit; undefined where none says anything of it. */
  beyond(limit: Limit): number | undefined {
    const { rule } = limit;
    if (rule.kind === 'each' || this.#failed.length === 0) return undefined;
    if (rule.q === undefined) return this.tally.errorRate;
    return this.beyondMs(limit.value) / this.#latencies.length;
  }

  /** How many were asked for an answer in time. */
  get answered(): number {
    return this.#latencies.length;
  }

  /** The quantile `q` of latency, in milliseconds. */
  quantile(q: number): Bounded {
    return boundedQuantile(this.answered, q, this.effectAt(q), valueIn(this.sorted()));
  }

  /** The share of requests without a good answer. */
  failureRate(): BoundedShare {
    return boundedShare({ beyond: this.tally.failed, count: this.tally.count }, this.failureEffect());
  }

  /** What answered, sorted, in milliseconds; Infinity for what did not. */
  private sorted(): Float64Array {
    this.#sorted ??= Float64Array.from(this.#latencies).sort();
    return this.#sorted;
  }

  /**
   * How many samples are worth one independent one where `limit` is judged; 1 where the baseline cannot tell. Of a percentile only those
   * count that come anywhere near the limit: how answers of 5 ms follow one another says nothing of answers of 200 ms.
   */
  designEffect(limit: Limit): number {
    if (limit.rule.kind === 'each') return 1;
    const { q } = limit.rule;
    if (q === undefined) return this.failureEffect();
    const near = this.beyondMs(limit.value * nearLimit);
    return near < tellingSamples ? 1 : this.effectAt(Math.max(q, 1 - near / this.#latencies.length));
  }

  /** How many took so long or longer, or were not answered well. */
  private beyondMs(latencyMs: number): number {
    return this.#latencies.filter((latency) => latency >= latencyMs).length;
  }

  /** The same for the quantile `q` of latency, or the farthest in the tail that the baseline's samples can tell of. */
  effectAt(q: number): number {
    const count = this.#latencies.length;
    const share = Math.min(0.5, Math.max(1 - q, tellingSamples / count));
    return this.#once(`q${share}`, () => {
      const threshold = this.sorted()[Math.floor((1 - share) * count)] ?? Number.POSITIVE_INFINITY;
      return designEffect(this.#latencies.map((latency) => latency >= threshold));
    });
  }

  /** The same for failures. */
  failureEffect(): number {
    if (this.tally.failed < tellingSamples) return 1;
    return this.#once('failed', () => designEffect(this.#failed));
  }

  #once(key: string, compute: () => number): number {
    const known = this.#effects.get(key) ?? compute();
    this.#effects.set(key, known);
    return known;
  }

  /** The figures that a journal shows. */
  figures(probe: string): BaselineProbe {
    const { tally } = this;
    const figures = {
      errorRate: tally.errorRate,
      p50Ms: tally.finitePercentile(0.5),
      p95Ms: tally.finitePercentile(0.95),
      p99Ms: tally.finitePercentile(0.99),
      highestValue: tally.highestValue,
    };
    const known = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
    return { probe, count: tally.count, ...known };
  }
}

/** The series of each probe of a baseline. */
export type Baseline = ReadonlyMap<string, BaselineSeries>;

/** The design effect of a probe's limit, as the baseline shows it; 1 where there is no baseline. */
export const effectIn = (baseline: Baseline, probe: string, limit: Limit): number =>
  baseline.get(probe)?.designEffect(limit) ?? 1;
