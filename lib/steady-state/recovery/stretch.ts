import { type Bounded, boundedQuantile, boundedShare, valueIn } from '../bounds.ts';
import type { Limit } from '../limit.ts';
import type { Seen } from '../probe-spec.ts';

/** What one probe saw from some time on to the end. */
export interface Stretch {
  readonly count: number;
  /** When the first usable sample was due; undefined where there is none. */
  readonly firstMs: number | undefined;
  /** Samples that the prober itself spoilt. */
  readonly unusable: number;
  quantile(q: number, designEffect: number): Bounded;
  failureRate(designEffect: number): Bounded;
  /** How many samples say something about a limit, and how many of them lie beyond. */
  beyond(limit: Limit): { readonly beyond: number; readonly count: number };
}

/** All that one probe saw after the fault, of which stretches are asked again and again: from any time on, to the end. */
export class AfterFault {
  readonly usable: readonly Seen[];
  readonly #fastestFirst: readonly Seen[];
  readonly #spoilt: readonly Seen[];

  constructor(seen: readonly Seen[], untilMs: number) {
    this.usable = seen.filter((one) => one.usable && one.atMs < untilMs);
    this.#spoilt = seen.filter((one) => !one.usable && one.atMs < untilMs);
    this.#fastestFirst = this.usable
      .filter((one) => one.failed || one.latencyMs !== undefined)
      .sort((a, b) => latencyOf(a) - latencyOf(b));
  }

  from(startMs: number): Stretch {
    const first = firstFrom(this.usable, startMs);
    const seen = this.usable.slice(first);
    const failed = seen.filter((one) => one.failed).length;
    let sorted: Float64Array | undefined;
    return {
      count: seen.length,
      firstMs: seen[0]?.atMs,
      unusable: this.#spoilt.length - firstFrom(this.#spoilt, startMs),
      quantile: (q, designEffect) => {
        sorted ??= Float64Array.from(this.#fastestFirst.filter((one) => one.atMs >= startMs).map(latencyOf));
        return boundedQuantile(sorted.length, q, designEffect, valueIn(sorted));
      },
      failureRate: (designEffect) => boundedShare({ beyond: failed, count: seen.length }, designEffect),
      beyond: (limit) => {
        const said = seen.flatMap((one) => limit.beyond(one) ?? []);
        return { count: said.length, beyond: said.filter(Boolean).length };
      },
    };
  }
}

const latencyOf = ({ failed, latencyMs }: Seen): number =>
  failed || latencyMs === undefined ? Number.POSITIVE_INFINITY : latencyMs;

/** The index of the first sample at or after `startMs`. */
function firstFrom(seen: readonly Seen[], startMs: number): number {
  let low = 0;
  let high = seen.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((seen[middle]?.atMs ?? startMs) < startMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
