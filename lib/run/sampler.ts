import { isHttpProbe, type Probe } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Observation, Sample } from '../steady-state/observation.ts';
import { type ProbeSpec, type Seen, see } from '../steady-state/probe-spec.ts';
import { iso } from './context.ts';
import type { Clock, MetricSource, Prober } from './ports.ts';

/**
 * A request sent later than this after it was due says nothing about the system: since no answer is ever waited for before the
 * next request, lateness is always the prober's own (its process was not scheduled).
 */
const latestSendMs = 100;

/** Between two looks at everything that may end a slice. */
const tickMs = 100;

export interface SliceOptions {
  readonly clock: Clock;
  readonly prober: Prober;
  readonly metrics: MetricSource;
  readonly specs: readonly ProbeSpec[];
  readonly probes: Readonly<Record<string, Probe>>;
  /** When the phase began: requests are due at whole intervals from here, whichever slice they fall in. */
  readonly phaseStartMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly onSample: (probe: string, seen: Seen) => void;
  /**
   * Looked at about every 100 ms, never twice at once; true ends the slice. Every request due before `settledMs` is answered or
   * timed out.
   */
  readonly onTick: (nowMs: number, settledMs: number) => Promise<boolean>;
}

/**
 * Observes one slice [fromMs, untilMs): asks at a fixed arrival rate that no answer can slow (an open model), and returns when
 * every request of the slice is answered or timed out. Requests whose time was over before the slice began are not caught up with:
 * what was not asked is a gap.
 */
export async function sampleSlice(options: SliceOptions): Promise<Observation[]> {
  const { clock, untilMs } = options;
  const samples: Sample[] = [];
  /** Each request under way, with when it was due. */
  const inFlight = new Map<Promise<void>, number>();
  const over = new AbortController();

  const keep = (spec: ProbeSpec, sample: Sample) => {
    samples.push(sample);
    options.onSample(spec.name, see(spec, sample));
  };
  const launch: Launch = (work, dueMs) => {
    const tracked = work.finally(() => inFlight.delete(tracked));
    inFlight.set(tracked, dueMs);
  };

  // What a tick throws is kept until the requests under way have ended: unheard meanwhile, it would end the process.
  let thrown: { readonly cause: unknown } | undefined;
  const settledMs = () => Math.min(clock.now(), ...inFlight.values());
  const ticking = tickUntil(options, over, settledMs).catch((cause: unknown) => {
    thrown = { cause };
  });
  const asking = options.specs.map((spec) => askRegularly(options, spec, over.signal, keep, launch));
  try {
    await Promise.all(asking);
    while (inFlight.size > 0) await Promise.race([...inFlight.keys(), clock.sleep(tickMs)]);
    const leftMs = untilMs - clock.now();
    if (leftMs > 0) await clock.sleep(leftMs, over.signal);
  } finally {
    over.abort();
    await ticking;
  }
  if (thrown !== undefined) throw thrown.cause;
  return samples.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Sends a request off without waiting for its answer. */
type Launch = (work: Promise<void>, dueMs: number) => void;

async function tickUntil(
  options: SliceOptions,
  over: AbortController,
  settledMs: () => number,
): Promise<void> {
  while (!over.signal.aborted) {
    await options.clock.sleep(tickMs, over.signal);
    if (over.signal.aborted) return;
    try {
      if (await options.onTick(options.clock.now(), settledMs())) over.abort();
    } catch (cause) {
      over.abort();
      throw cause;
    }
  }
}

async function askRegularly(
  options: SliceOptions,
  spec: ProbeSpec,
  over: AbortSignal,
  keep: (spec: ProbeSpec, sample: Sample) => void,
  launch: Launch,
): Promise<void> {
  const { clock, phaseStartMs, untilMs } = options;
  const probe = options.probes[spec.name];
  if (probe === undefined) return;
  const ask = asker(options, spec, probe, keep);
  const offsetMs = (options.specs.indexOf(spec) * spec.intervalMs) / options.specs.length;
  const first = Math.ceil(
    (Math.max(options.fromMs, clock.now()) - phaseStartMs - offsetMs) / spec.intervalMs,
  );
  for (let index = Math.max(first, 0); !over.aborted; index += 1) {
    const dueMs = phaseStartMs + offsetMs + index * spec.intervalMs;
    if (dueMs >= untilMs) return;
    const waitMs = dueMs - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs, over);
    if (over.aborted) return;
    const lateMs = clock.now() - dueMs;
    if (lateMs > latestSendMs) {
      keep(spec, {
        at: iso(dueMs),
        probe: spec.name,
        error: `prober: ${lateMs.toFixed(0)} ms late in asking`,
      });
    } else {
      launch(ask(dueMs), dueMs);
    }
  }
}

/** How one probe looks once. What goes wrong on our side is a sample too, one that says nothing about the system. */
function asker(
  options: SliceOptions,
  spec: ProbeSpec,
  probe: Probe,
  keep: (spec: ProbeSpec, sample: Sample) => void,
) {
  if (isHttpProbe(probe)) {
    return async (dueMs: number): Promise<void> => {
      const request = { probe: spec.name, definition: probe, dueMs, timeoutMs: spec.timeoutMs };
      const outcome = await options.prober
        .ask(request)
        .catch((cause: unknown) => ({ error: `prober: ${messageOf(cause)}` }));
      keep(spec, { at: iso(dueMs), probe: spec.name, ...outcome });
    };
  }
  return async (dueMs: number): Promise<void> => {
    const untilMs = dueMs - spec.delayMs;
    try {
      const readings = await options.metrics.read(probe.metric, untilMs - spec.intervalMs, untilMs);
      for (const { atMs, value } of readings) keep(spec, { at: iso(atMs), probe: spec.name, value });
    } catch (cause) {
      keep(spec, { at: iso(untilMs - 1), probe: spec.name, error: `prober: ${messageOf(cause)}` });
    }
  };
}
