import * as z from 'zod';
import { httpProbe } from '../experiment/probes/http.ts';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { type Tolerances, tolerancesSchema } from '../experiment/tolerance.ts';
import { latestSendMs } from '../run/ask-regularly.ts';
import { iso } from '../run/iso.ts';
import type { Clock } from '../run/ports.ts';
import { type ProbeSpec, probeSpecs, type Seen, see } from '../steady-state/probe-spec.ts';
import { refused } from './refused.ts';

/** Tolerances as an experiment writes them: `{ p95: { below: '250ms' }, errorRate: { below: '1%' } }`. */
export type TestTolerances = z.input<typeof tolerancesSchema>;

/**
 * What is looked at, once: it answers well when it resolves, and fails when it rejects or takes too long. What has a `status` that is
 * one of HTTP's, such as a `Response`, fails by it as a probe's does; a number is what `age` (in seconds), `count` and `value` are about.
 */
export type Look = () => unknown;

/** How something is looked at. */
export interface SamplingOptions {
  /** How often, answers or not (default `'50/s'`). */
  readonly rate?: string;
  /** How long a look may take (default `'2s'`). */
  readonly timeout?: string;
}

/** A test has little time: at this rate two seconds tell a 95th percentile, and ten an error rate of 1 %. */
const defaultRate = '50/s';

export const problemsOf = (issues: readonly z.core.$ZodIssue[]) =>
  issues.map((issue) => ({
    code: 'invalid',
    path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
    message: issue.message,
  }));

function readTolerances(written: TestTolerances): Tolerances {
  const read = tolerancesSchema.safeParse(written);
  if (read.success) return read.data;
  throw refused('the tolerances cannot be used', problemsOf(read.error.issues));
}

/** What judging needs to know of a look: the same as of an experiment's http probe. */
export function specOf(written: TestTolerances, { rate = defaultRate, timeout }: SamplingOptions): ProbeSpec {
  const tolerances = readTolerances(written);
  const read = httpProbe.safeParse({
    http: { service: 'look', path: '/' },
    rate,
    ...(timeout === undefined ? {} : { timeout }),
    // The look's own come below: an http probe asks more of some than a look can tell.
    tolerances: { errorRate: { below: '50%' } },
  });
  if (!read.success) throw refused('the way of sampling cannot be used', problemsOf(read.error.issues));
  const [spec] = probeSpecs({ look: read.data });
  if (spec === undefined) throw new SteadfastError('internal', 'a probe without a spec');
  return { ...spec, tolerances };
}

const isResponse = (value: unknown): value is Response =>
  typeof Response === 'function' && value instanceof Response;

/** An answer of any client for HTTP: each has its status under this name. `Response.error()` has 0. */
const answerSchema = z.object({ status: z.int().min(0).max(599) });

/** Looks once, and no longer than it may take. */
async function lookOnce(look: Look, spec: ProbeSpec, clock: Clock): Promise<Omit<Seen, 'atMs'>> {
  const startMs = clock.now();
  const over = new AbortController();
  const late = clock.sleep(spec.timeoutMs, over.signal).then(() => {
    throw new Error(`no answer within ${spec.timeoutMs} ms`);
  });
  const sample = { at: iso(startMs), probe: spec.name };
  try {
    const answer: unknown = await Promise.race([(async () => look())(), late]);
    const latencyMs = clock.now() - startMs;
    // What is not read of an answer would keep its connection.
    if (isResponse(answer) && !answer.bodyUsed) void answer.body?.cancel().catch(() => undefined);
    const { status } = answerSchema.safeParse(answer).data ?? {};
    return see(spec, {
      ...sample,
      latencyMs,
      ...(status === undefined ? {} : { status }),
      ...(typeof answer === 'number' ? { value: answer } : {}),
    });
  } catch (thrown) {
    return see(spec, { ...sample, latencyMs: clock.now() - startMs, error: messageOf(thrown) });
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

/** Samples that are being taken. */
export interface Sampling {
  readonly startMs: number;
  /** In the order in which they were due; those under way are not among them. */
  seen(): readonly Seen[];
  /** Everything that was due before has been seen. */
  settledMs(): number;
  /** Takes no more, and resolves once those under way have been answered or are too late. @returns when it was ended */
  stop(): Promise<number>;
}

/** Looks at something at a fixed rate that no answer can slow, until it is stopped. */
export function startSampling(look: Look, spec: ProbeSpec, clock: Clock): Sampling {
  const startMs = clock.now();
  const over = new AbortController();
  const seen: Seen[] = [];
  const underWay = new Map<Promise<void>, number>();

  const take = (dueMs: number) => {
    const lateMs = clock.now() - dueMs;
    // This process had no time to look: what is seen later says nothing of that moment.
    if (lateMs > latestSendMs) {
      const error = `prober: ${lateMs.toFixed(0)} ms late in looking`;
      seen.push(see(spec, { at: iso(dueMs), probe: spec.name, error }));
      return;
    }
    const taking = lookOnce(look, spec, clock).then((one) => {
      seen.push({ ...one, atMs: dueMs });
      underWay.delete(taking);
    });
    underWay.set(taking, dueMs);
  };
  const asking = (async () => {
    for (let index = 0; !over.signal.aborted; index += 1) {
      const dueMs = startMs + index * spec.intervalMs;
      await clock.sleep(Math.max(0, dueMs - clock.now()), over.signal);
      if (!over.signal.aborted) take(dueMs);
    }
  })();

  return {
    startMs,
    seen: () => seen.toSorted((a, b) => a.atMs - b.atMs),
    settledMs: () => Math.min(clock.now(), ...underWay.values()),
    stop: async () => {
      over.abort();
      const endMs = clock.now();
      await asking;
      await Promise.all(underWay.keys());
      return endMs;
    },
  };
}
