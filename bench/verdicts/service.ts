import type { Sample } from '../../lib/steady-state/observation.ts';
import type { Draw } from './draw.ts';
import { normalTail } from './normal-tail.ts';

/** What is wrong with a service at a time, or with the share of it that a fault has hit. */
export interface Condition {
  /** Multiplies latencies. */
  readonly factor?: number;
  /** Comes on top of the service's own error rate. */
  readonly errorRate?: number;
  /** The share of requests that feel it; all of them where it is absent. */
  readonly share?: number;
}

/** Ages of what a cache serves: from `freshS` after a refresh to `freshS + everyS` before the next; from `staleFrom` to `staleTo` nothing refreshes it. */
export interface Cache {
  readonly freshS: number;
  readonly everyS: number;
  readonly staleFrom?: number;
  readonly staleTo?: number;
}

/** A service as it really is. Its samples are drawn from this; what is true of it follows from this alone. */
export interface Service {
  readonly medianMs: number;
  /** The spread of the logarithm of latencies. */
  readonly sigma: number;
  /** So many requests take from three medians on, Pareto-distributed. */
  readonly tail?: { readonly share: number; readonly alpha: number };
  /** Slow common noise of all requests: an AR(1) process of the logarithm, which forgets within `seconds`. */
  readonly noise?: { readonly sigma: number; readonly seconds: number };
  readonly errorRate: number;
  /** Answered by so many replicas in turn, of which the first alone feels the condition and serves what is stale. */
  readonly replicas?: number;
  readonly cache?: Cache;
  /** The number of items in an answer at a time. */
  readonly items?: (t: number) => number;
  /** What is wrong at `t`, in seconds from the beginning. */
  readonly condition?: (t: number) => Condition;
}

/** How long its probes wait: slower is a time-out, and a time-out is no answer. */
export const timeoutMs = 2_000;

const tailFromMedians = 3;

const spread = ({ sigma, noise }: Service): number => Math.hypot(sigma, noise?.sigma ?? 0);

const shareHit = (service: Service, condition: Condition): number =>
  service.replicas === undefined ? (condition.share ?? 1) : 1 / service.replicas;

/** The share of answers that take `limitMs` or longer with latencies multiplied by `factor`. */
function slower(service: Service, limitMs: number, factor: number): number {
  const medians = limitMs / (service.medianMs * factor);
  const tail = service.tail ?? { share: 0, alpha: 1 };
  const inTail = medians <= tailFromMedians ? 1 : (medians / tailFromMedians) ** -tail.alpha;
  return (1 - tail.share) * normalTail(Math.log(medians) / spread(service)) + tail.share * inTail;
}

const mixed = (service: Service, t: number, of: (condition: Condition) => number): number => {
  const condition = service.condition?.(t) ?? {};
  const share = shareHit(service, condition);
  return share === 1 ? of(condition) : share * of(condition) + (1 - share) * of({});
};

const failingIf = (service: Service, condition: Condition): number => {
  const errorRate = Math.min(1, service.errorRate + (condition.errorRate ?? 0));
  return errorRate + (1 - errorRate) * slower(service, timeoutMs, condition.factor ?? 1);
};

/** The true share of requests at `t` without a good answer. */
export const failingShare = (service: Service, t: number): number =>
  mixed(service, t, (condition) => failingIf(service, condition));

/** The true share of requests at `t` that take `limitMs` or longer; a request without a good answer is slower than any. */
export const beyondShare = (service: Service, limitMs: number, t: number): number =>
  mixed(service, t, (condition) => {
    const errorRate = Math.min(1, service.errorRate + (condition.errorRate ?? 0));
    return errorRate + (1 - errorRate) * slower(service, Math.min(limitMs, timeoutMs), condition.factor ?? 1);
  });

/** What is asked of times is asked once of all times at which the same is wrong. */
export function oncePerCondition<T>(service: Service, ask: (t: number) => T): (t: number) => T {
  const known = new Map<string, T>();
  return (t) => {
    const { factor, errorRate, share } = service.condition?.(t) ?? {};
    const key = `${factor} ${errorRate} ${share}`;
    const answer = known.get(key) ?? ask(t);
    known.set(key, answer);
    return answer;
  };
}

/** The latency that a share of `beyond` of all requests at `times` takes longer than, by halving. */
export function latencyBeyond(service: Service, beyond: number, times: readonly number[]): number {
  let [low, high] = [Math.log(service.medianMs) - 8, Math.log(timeoutMs)];
  for (let step = 0; step < 36; step += 1) {
    const middle = (low + high) / 2;
    const limitMs = Math.exp(middle);
    const shareAt = oncePerCondition(service, (t) => beyondShare(service, limitMs, t));
    const share = times.reduce((sum, t) => sum + shareAt(t), 0) / times.length;
    if (share > beyond) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

/** The true age in seconds of what a replica serves at `t`. */
export function ageAt(cache: Cache, t: number, hit: boolean): number {
  const { staleFrom = Number.POSITIVE_INFINITY, staleTo = Number.POSITIVE_INFINITY } = cache;
  const sinceRefresh =
    hit && t >= staleFrom && t < staleTo ? t - staleFrom + (staleFrom % cache.everyS) : t % cache.everyS;
  return cache.freshS + sinceRefresh;
}

export type Look = Omit<Sample, 'at' | 'probe'>;

/** Looks at the service again and again, in the order of time. */
export function lookerAt(service: Service, draw: Draw): (t: number, index: number) => Look {
  const { noise, tail, replicas } = service;
  let [last, level] = [0, noise === undefined ? 0 : noise.sigma * draw.normal()];
  const carry = (t: number) => {
    if (noise === undefined) return;
    const kept = Math.exp(-(t - last) / noise.seconds);
    last = t;
    level = kept * level + Math.sqrt(1 - kept * kept) * noise.sigma * draw.normal();
  };
  return (t, index) => {
    carry(t);
    const condition = service.condition?.(t) ?? {};
    const hit = replicas === undefined ? draw.chance(condition.share ?? 1) : index % replicas === 0;
    const { factor = 1, errorRate = 0 } = hit ? condition : {};
    if (draw.chance(Math.min(1, service.errorRate + errorRate)))
      return draw.chance(0.5)
        ? { latencyMs: 3, status: 503 }
        : { latencyMs: 1, error: 'connect ECONNREFUSED' };
    const medians =
      tail !== undefined && draw.chance(tail.share)
        ? tailFromMedians * (1 - draw.between(0, 1)) ** (-1 / tail.alpha)
        : Math.exp(service.sigma * draw.normal() + level);
    const latencyMs = service.medianMs * factor * medians;
    if (latencyMs >= timeoutMs) return { latencyMs: timeoutMs, error: 'no answer within 2 s' };
    const value =
      service.cache !== undefined
        ? ageAt(service.cache, t, replicas === undefined || hit)
        : service.items?.(t);
    return {
      latencyMs: Math.round(latencyMs * 1_000) / 1_000,
      status: 200,
      ...(value === undefined ? {} : { value }),
    };
  };
}
