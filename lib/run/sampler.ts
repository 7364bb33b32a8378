import type { PolledProbe, Probe } from '../experiment/probe.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Observation, Sample } from '../steady-state/observation.ts';
import { type ProbeSpec, type Seen, see } from '../steady-state/probe-spec.ts';
import { askRegularly } from './ask-regularly.ts';
import { createFlights, type Flights } from './flights.ts';
import { iso } from './iso.ts';
import { look } from './looks/look.ts';
import type { Sources } from './looks/sources.ts';
import type { Clock, Prober } from './ports.ts';

/** Between two looks at everything that may end a slice. */
const tickMs = 100;

export interface SliceOptions extends Sources {
  readonly clock: Clock;
  readonly prober: Prober;
  readonly specs: readonly ProbeSpec[];
  readonly probes: Readonly<Record<string, Probe>>;
  /** The run's: due times are drawn from it. */
  readonly seed: number;
  /** The vantage points whose self-check works. */
  readonly selfChecks?: readonly string[] | undefined;
  /** When the phase began: requests are due once an interval from here, whichever slice they fall in. */
  readonly phaseStartMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly onSample: (probe: string, seen: Seen) => void;
  /** Told before each tick when the requests of an http probe were due that are under way, replacing what was told before. */
  readonly onPending?: (probe: string, dueMs: readonly number[]) => void;
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
  const flights = createFlights(messageOf);
  const over = new AbortController();

  const keep = (spec: ProbeSpec, sample: Sample) => {
    samples.push(sample);
    options.onSample(spec.name, see(spec, sample));
  };

  // What a tick throws is kept until the requests under way have ended: unheard meanwhile, it would end the process.
  let thrown: { readonly cause: unknown } | undefined;
  const ticking = tickUntil(options, over, flights).catch((cause: unknown) => {
    thrown = { cause };
  });
  const asking = options.specs.map(async (spec) => {
    const probe = options.probes[spec.name];
    if (probe === undefined) return;
    await (isHttpProbe(probe)
      ? askRegularly(options, { spec, probe, over: over.signal, keep, flights })
      : readRegularly(options, spec, probe, over.signal, keep, flights));
  });
  try {
    await Promise.all(asking);
    for (let next = flights.next(); next !== undefined; next = flights.next()) {
      await Promise.race([next, clock.sleep(tickMs)]);
      flights.giveUp(clock.now());
    }
    const leftMs = untilMs - clock.now();
    if (leftMs > 0) await clock.sleep(leftMs, over.signal);
  } finally {
    over.abort();
    await ticking;
  }
  if (thrown !== undefined) throw thrown.cause;
  return samples.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function tickUntil(options: SliceOptions, over: AbortController, flights: Flights): Promise<void> {
  const { clock } = options;
  while (!over.signal.aborted) {
    await clock.sleep(tickMs, over.signal);
    if (over.signal.aborted) return;
    flights.giveUp(clock.now());
    try {
      tellPending(options, flights);
      if (await options.onTick(clock.now(), flights.settledMs(clock.now()))) over.abort();
    } catch (cause) {
      over.abort();
      throw cause;
    }
  }
}

function tellPending({ clock, prober, specs, probes, onPending }: SliceOptions, flights: Flights): void {
  for (const { name } of specs) {
    const probe = probes[name];
    if (probe === undefined || !isHttpProbe(probe)) continue;
    // What was handed over ahead may have been answered long since: only the prober knows.
    const isAhead = (prober.leadMs?.(probe) ?? 0) > 0;
    onPending?.(name, isAhead ? (prober.underWay?.(name) ?? []) : flights.underWay(name, clock.now()));
  }
}

/** Looks at each whole interval. What goes wrong on our side is a sample too, one that says nothing about the system. */
async function readRegularly(
  options: SliceOptions,
  spec: ProbeSpec,
  probe: PolledProbe,
  over: AbortSignal,
  keep: (spec: ProbeSpec, sample: Sample) => void,
  flights: Flights,
): Promise<void> {
  const { clock, phaseStartMs, untilMs } = options;
  const read = async (dueMs: number): Promise<void> => {
    const toMs = dueMs - spec.delayMs;
    const stretch = { fromMs: toMs - spec.intervalMs, toMs };
    for (const { atMs, ...seen } of await look(options, clock, spec, probe, stretch))
      keep(spec, { at: iso(atMs), probe: spec.name, ...seen });
  };
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
    flights.track(read(dueMs), dueMs);
  }
}
