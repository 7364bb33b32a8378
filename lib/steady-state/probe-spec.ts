import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { type HttpProbe, isHttpProbe, type Probe } from '../experiment/probe.ts';
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
   * stale one of several must be seen; a metric is one series, whose next good reading ends it.
   */
  readonly patienceMs: number;
  readonly isExpected: (status: number) => boolean;
}

/** Fewest samples in a window of the watch: below 20, a 95th percentile is just the maximum. */
const samplesInWindow = 20;

/** The share of its requests that counts as an answer: 200 to 399, or what the probe expects. */
function expectation(probe: HttpProbe): (status: number) => boolean {
  const expected = probe.http.expect?.status;
  if (expected === undefined) {
    return (status) => status >= defaults.expectedStatus.from && status <= defaults.expectedStatus.to;
  }
  const several = Array.isArray(expected) ? expected : [expected];
  return (status) => several.includes(status);
}

/** Between two samples of a probe; in a lab http probes send at least `leastRatePerSecond` together. */
function intervalOf(probe: Probe, httpProbes: number, leastRatePerSecond: number): number {
  if (!isHttpProbe(probe)) return probe.every?.ms ?? defaultMs(defaults.every);
  const asked = probe.rate?.perSecond ?? parseRate(defaults.rate)?.perSecond ?? 1;
  return 1_000 / Math.max(asked, leastRatePerSecond / httpProbes);
}

/** The specs of an experiment's probes, in the order of the definition. */
export function probeSpecs(probes: Experiment['steadyState'], leastRatePerSecond = 0): ProbeSpec[] {
  const httpProbes = Object.values(probes).filter(isHttpProbe).length;
  return Object.entries(probes).map(([name, probe]) => {
    const intervalMs = intervalOf(probe, httpProbes, leastRatePerSecond);
    const delayMs = isHttpProbe(probe) ? 0 : (probe.delay?.ms ?? defaultMs(defaults.delay));
    return {
      name,
      tolerances: probe.tolerances,
      intervalMs,
      delayMs,
      timeoutMs: isHttpProbe(probe)
        ? (probe.timeout?.ms ?? defaultMs(defaults.timeout))
        : delayMs + intervalMs,
      blindMs: Math.max(defaultMs(defaults.blind), 3 * intervalMs + delayMs),
      // A metric's readings are compared one by one: its windows need no more than one.
      windowMs: Math.max(1_000, Math.ceil((isHttpProbe(probe) ? samplesInWindow : 1) * intervalMs)),
      patienceMs: isHttpProbe(probe) ? Math.max(1_000, 1.5 * intervalMs) : 0,
      isExpected: isHttpProbe(probe) ? expectation(probe) : () => true,
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
