import type { HttpProbe } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock, MetricSource, ProbeRequest, Prober } from '../run/ports.ts';

type Http = HttpProbe['http'];
type Source = NonNullable<Http['behind']>['source'];

/** How often a source is read, and how old a reading of it may be: the number it holds is the least that a fresh answer has. */
const readings = {
  service: { everyMs: 1_000, usableMs: 5_000 },
  metric: { everyMs: 10_000, usableMs: 30_000 },
} as const;

/** How far back a metric's newest reading may lie: CloudWatch may be two minutes late with one of a minute. */
const metricReachMs = 300_000;

/** A reading, or why there is none. */
type Reading = { readonly number: number } | { readonly why: string };

/** What is known of one probe's source. */
interface Known {
  begunMs: number;
  /** The reading under way, or the last. */
  newest: Promise<Reading>;
  isUnderWay: boolean;
  /** The last that has a number, with when it was begun. */
  good?: { readonly atMs: number; readonly reading: Reading };
}

/**
 * A prober that tells how far answers are behind their source. The source is read before the answer is asked for, so that a fresh answer
 * is never behind. It is read about once a second, not as often as the service is asked, and nobody waits for it who can do with a
 * reading a few seconds old: a slow source would make requests late.
 */
export function withSources(options: {
  readonly prober: Prober;
  readonly metrics: MetricSource;
  readonly clock: Clock;
}): Prober {
  const { prober, metrics, clock } = options;
  /** By probe. */
  const known = new Map<string, Known>();

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
    const { from } = request.definition.http;
    const http: Http = { service, path, method: 'GET', headers, numberOf, from };
    const definition: HttpProbe = { ...request.definition, http };
    const probe = `${request.probe}-source`;
    const { value, error } = await prober.ask({ ...request, probe, definition, dueMs: clock.now() });
    return value === undefined ? { why: error ?? 'it has no number' } : { number: value };
  };

  const begin = (request: ProbeRequest, source: Source): Known => {
    const begunMs = clock.now();
    const { good } = known.get(request.probe) ?? {};
    const newest = readNow(request, source).catch((cause: unknown): Reading => ({ why: messageOf(cause) }));
    const one: Known = { begunMs, newest, isUnderWay: true, ...(good === undefined ? {} : { good }) };
    known.set(request.probe, one);
    void newest.then((reading) => {
      one.isUnderWay = false;
      if ('number' in reading) one.good = { atMs: begunMs, reading };
    });
    return one;
  };

  const read = (request: ProbeRequest, source: Source): Promise<Reading> | Reading => {
    const nowMs = clock.now();
    const { everyMs, usableMs } = readings['metric' in source ? 'metric' : 'service'];
    const before = known.get(request.probe);
    const isDue = before === undefined || (!before.isUnderWay && nowMs - before.begunMs >= everyMs);
    const { newest, good } = isDue ? begin(request, source) : before;
    return good !== undefined && nowMs - good.atMs <= usableMs ? good.reading : newest;
  };

  return {
    ...prober,
    ask: async (request) => {
      const { behind, ...http } = request.definition.http;
      if (behind === undefined) return prober.ask(request);
      const before = clock.now();
      const reading = await read(request, behind.source);
      // What the source took is no latency of the service; a request that is asked ahead of its time has some to spare.
      const tookMs = clock.now() - before;
      const dueMs = Math.max(request.dueMs, Math.min(clock.now(), request.dueMs + tookMs));
      const definition = { ...request.definition, http: { ...http, numberOf: behind.at } };
      const { value, ...outcome } = await prober.ask({ ...request, definition, dueMs });
      if (value === undefined) return outcome;
      // Nobody knows how old the answer is; that it came would otherwise pass for all there was to see.
      if ('why' in reading) return { error: `prober: the source could not be read: ${reading.why}` };
      return { ...outcome, value: Math.max(0, reading.number - value) };
    },
  };
}
