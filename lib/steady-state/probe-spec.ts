import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { type ByKind, byKind, isHttpProbe } from '../experiment/probe-kind.ts';
import type { ToleranceName, Tolerances } from '../experiment/tolerance.ts';
import { parseRate } from '../fis/quantity.ts';
import type { Sample } from './observation.ts';

/** What judging a probe needs to know of it, with all defaults filled in. */
export interface ProbeSpec {
  readonly name: string;
  readonly tolerances: Tolerances;
  /** Between two samples. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** How late a metric's data may come. */
  readonly delayMs: number;
  /** With no usable sample for longer than this, nobody can see: 10 s, or three intervals and the declared delay. */
  readonly blindMs: number;
  /** The stretch that the watch judges at a time. */
  readonly windowMs: number;
  /**
   * How long good samples among bad ones may last before they end a streak. An http probe asks whichever replica answers, and one
   * stale one of several must be seen; what is polled is one series, whose next good reading ends it.
   */
  readonly patienceMs: number;
  readonly isExpected: (status: number) => boolean;
}

/** Fewest samples in a window of the watch: below 20, a 95th percentile is just the maximum. */
const samplesInWindow = 20;

/** The statuses of a good answer: 200 to 399, or what the probe expects. */
function expectation(expected?: number | readonly number[]): (status: number) => boolean {
  if (expected === undefined) {
    return (status) => status >= defaults.expectedStatus.from && status <= defaults.expectedStatus.to;
  }
  const several = [expected].flat();
  return (status) => several.includes(status);
}

/** What a kind of probe says of its own time, and of what it sees. */
type Timing = Pick<ProbeSpec, 'delayMs' | 'intervalMs' | 'isExpected' | 'patienceMs' | 'timeoutMs'> & {
  /** Fewest samples that the watch compares at a time. */
  readonly together: number;
};

/** One that looks from time to time at one thing: its samples are compared one by one. */
const polled = (every: { readonly ms: number } | undefined): Timing => ({
  intervalMs: every?.ms ?? defaultMs(defaults.every),
  delayMs: 0,
  timeoutMs: defaultMs(defaults.lookTimeout),
  patienceMs: 0,
  together: 1,
  isExpected: () => true,
});

const judgesShares = ({ p50, p90, p95, p99, errorRate }: Tolerances): boolean =>
  [p50, p90, p95, p99, errorRate].some((tolerance) => tolerance !== undefined);

/** The time of each kind of probe; in a lab http probes send at least `leastPerProbe` a second each. */
const timings = (leastPerProbe: number): ByKind<Timing> => ({
  http: ({ http, rate, timeout }) => {
    const asked = rate?.perSecond ?? parseRate(defaults.rate)?.perSecond ?? 1;
    const intervalMs = 1_000 / Math.max(asked, leastPerProbe);
    return {
      intervalMs,
      delayMs: 0,
      timeoutMs: timeout?.ms ?? defaultMs(defaults.timeout),
      patienceMs: Math.max(1_000, 1.5 * intervalMs),
      together: samplesInWindow,
      isExpected: expectation(http.expect?.status),
    };
  },
  metric: ({ every, delay }) => {
    const { intervalMs, ...timing } = polled(every);
    const delayMs = delay?.ms ?? defaultMs(defaults.delay);
    // A reading is as old as its data is late, and up to an interval older.
    return { ...timing, intervalMs, delayMs, timeoutMs: delayMs + intervalMs };
  },
  alarm: ({ every }) => polled(every),
  ecsService: ({ every }) => polled(every),
  lambda: ({ every, timeout, tolerances }) => ({
    ...polled(every),
    timeoutMs: timeout?.ms ?? defaultMs(defaults.lookTimeout),
    together: judgesShares(tolerances) ? samplesInWindow : 1,
    isExpected: expectation(),
  }),
});

/** The specs of an experiment's probes, in the order of the definition. */
export function probeSpecs(probes: Experiment['steadyState'], leastRatePerSecond = 0): ProbeSpec[] {
  const httpProbes = Object.values(probes).filter(isHttpProbe).length;
  const timing = timings(leastRatePerSecond / Math.max(1, httpProbes));
  return Object.entries(probes).map(([name, probe]) => {
    const { together, ...times } = byKind(probe, timing);
    const { intervalMs, delayMs } = times;
    return {
      name,
      tolerances: probe.tolerances,
      ...times,
      blindMs: Math.max(defaultMs(defaults.blind), 3 * intervalMs + delayMs),
      windowMs: Math.max(1_000, Math.ceil(together * intervalMs)),
    };
  });
}

/** The specs of an experiment's controls, which nothing is asked of. */
export const controlSpecs = ({ controls = {} }: Pick<Experiment, 'controls'>): ProbeSpec[] =>
  probeSpecs(
    Object.fromEntries(Object.entries(controls).map(([name, one]) => [name, { ...one, tolerances: {} }])),
  );

/** The control of each probe that has one, by name. */
export const controlsOf = ({ steadyState }: Pick<Experiment, 'steadyState'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(steadyState).flatMap(([name, { control }]) =>
      control === undefined ? [] : [[name, control]],
    ),
  );

/** A sample as judging sees it. */
export interface Seen {
  readonly atMs: number;
  /** False when the prober itself was at fault: it says nothing about the system. */
  readonly usable: boolean;
  /** No good answer: an error, or an unexpected status. */
  readonly failed: boolean;
  readonly latencyMs: number | undefined;
  readonly value: number | undefined;
}

/** Reads a sample by its probe's spec. */
export function see(spec: ProbeSpec, sample: Sample): Seen {
  const usable = sample.error?.startsWith('prober:') !== true;
  const failed =
    sample.error !== undefined || (sample.status !== undefined && !spec.isExpected(sample.status));
  return {
    atMs: Date.parse(sample.at),
    usable,
    failed: usable && failed,
    latencyMs: sample.latencyMs,
    value: failed ? undefined : sample.value,
  };
}

/** The names of a probe's tolerances, in the order in which they are shown. */
export function toleranceNames(tolerances: Tolerances): ToleranceName[] {
  const order: readonly ToleranceName[] = ['p50', 'p90', 'p95', 'p99', 'errorRate', 'age', 'count', 'value'];
  return order.filter((name) => tolerances[name] !== undefined);
}
