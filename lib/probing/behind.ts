import type { HttpProbe } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock, MetricSource, ProbeRequest, Prober } from '../run/ports.ts';

type Http = HttpProbe['http'];
type Source = NonNullable<Http['behind']>['source'];

/** How long a reading of a source is used; then it is read anew. The number it holds is the least that a fresh answer has. */
const freshMs = { service: 1_000, metric: 10_000 } as const;

/** How far back a metric's newest reading may lie: CloudWatch may be two minutes late with one of a minute. */
const metricReachMs = 300_000;

/** A reading, or why there is none. */
type Reading = { readonly number: number } | { readonly why: string };

interface Kept {
  readonly atMs: number;
  readonly reading: Promise<Reading>;
}

/**
 * A prober that tells how far answers are behind their source. The source is read before the answer is asked for, so that a fresh answer
 * is never behind; one reading serves all requests for a while, so that the source is not asked as often as the service.
 */
export function withSources(options: {
  readonly prober: Prober;
  readonly metrics: MetricSource;
  readonly clock: Clock;
}): Prober {
  const { prober, metrics, clock } = options;
  /** By probe. */
  const kept = new Map<string, Kept>();

  const readNow = async (request: ProbeRequest, source: Source): Promise<Reading> => {
    if ('metric' in source) {
      const nowMs = clock.now();
      const readings = await metrics.read(source.metric, nowMs - metricReachMs, nowMs);
      const number = readings.at(-1)?.value;
      return number === undefined || !Number.isFinite(number)
        ? { why: `the metric ${source.metric} has no data` }
        : { number };
    }
    const { service, path, headers, numberOf } = source;
    const http: Http = { service, path, method: 'GET', headers, numberOf };
    const definition: HttpProbe = { http, tolerances: {} };
    const probe = `${request.probe}-source`;
    const { value, error } = await prober.ask({ ...request, probe, definition, dueMs: clock.now() });
    return value === undefined ? { why: error ?? 'it has no number' } : { number: value };
  };

  const read = (request: ProbeRequest, source: Source): Promise<Reading> => {
    const nowMs = clock.now();
    const before = kept.get(request.probe);
    const usableMs = 'metric' in source ? freshMs.metric : freshMs.service;
    if (before !== undefined && nowMs - before.atMs < usableMs) return before.reading;
    const reading = readNow(request, source).catch((cause: unknown) => ({ why: messageOf(cause) }));
    kept.set(request.probe, { atMs: nowMs, reading });
    return reading;
  };

  return {
    ...prober,
    ask: async (request) => {
      const { behind, ...http } = request.definition.http;
      if (behind === undefined) return prober.ask(request);
      const before = clock.now();
      const reading = await read(request, behind.source);
      // What the source took is no latency of the service.
      const dueMs = request.dueMs + (clock.now() - before);
      const definition = { ...request.definition, http: { ...http, numberOf: behind.at } };
      const { value, ...outcome } = await prober.ask({ ...request, definition, dueMs });
      if (value === undefined) return outcome;
      // Nobody knows how old the answer is; that it came would otherwise pass for all there was to see.
      if ('why' in reading) return { error: `prober: the source could not be read: ${reading.why}` };
      return { ...outcome, value: Math.max(0, reading.number - value) };
    },
  };
}
