import type { Experiment } from '../../experiment/experiment.ts';
import type { Probe } from '../../experiment/probe.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import type { ToleranceName } from '../../experiment/tolerance.ts';
import { formatIn, measureName, type Unit } from '../../report/format.ts';
import { type Limit, limitOf } from '../../steady-state/limit.ts';
import { toleranceNames } from '../../steady-state/probe-spec.ts';
import type { Window } from '../../steady-state/window.ts';

/** One measure of a probe, as the view shows it window by window. */
export interface Gauge {
  readonly probe: string;
  readonly name: string;
  readonly limit: Limit | undefined;
  readonly read: (window: Window) => number | undefined;
  readonly format: (value: number) => string;
  /** Whether a window is beyond the limit. One window misses nothing yet: a stage is judged as a whole. */
  readonly isBeyond: (window: Window) => boolean;
}

const sample = { atMs: 0, usable: true, failed: false, latencyMs: undefined, value: undefined };

/** Whether a value by itself is beyond the limit. */
const eachBeyond = (limit: Limit | undefined, value: number | undefined): boolean =>
  value !== undefined && limit?.beyond({ ...sample, value }) === true;

function gaugeOf(probe: string, name: ToleranceName, limit: Limit | undefined): Gauge | undefined {
  const base = { probe, name: measureName(name), limit };
  const format = (unit: Unit) => (value: number) => formatIn(unit, value);
  switch (name) {
    case 'p50':
    case 'p95':
    case 'p99': {
      const read = (window: Window) => window[`${name}Ms`];
      return {
        ...base,
        read,
        format: format('ms'),
        isBeyond: (window) => limit !== undefined && (read(window) ?? 0) >= limit.value,
      };
    }
    case 'p90':
      // Windows have no 90th percentile: the 95th is shown in its place, without a limit.
      return undefined;
    case 'errorRate': {
      const read = (window: Window) => (window.count === 0 ? undefined : window.errors / window.count);
      return {
        ...base,
        read,
        format: format('ratio'),
        isBeyond: (window) => limit !== undefined && (read(window) ?? 0) >= limit.value,
      };
    }
    case 'age':
    case 'count':
    case 'value': {
      const isLow = limit !== undefined && !limit.text.includes('below');
      return {
        ...base,
        read: (window) => (isLow ? window.lowestValue : window.highestValue),
        format: format(limit?.unit ?? ''),
        isBeyond: (window) => eachBeyond(limit, window.lowestValue) || eachBeyond(limit, window.highestValue),
      };
    }
  }
}

/** The names that a probe is shown by: its tolerances, and for an http probe p95 and errors in any case. */
function namesOf(probe: Probe): ToleranceName[] {
  const own = toleranceNames(probe.tolerances);
  if (!isHttpProbe(probe)) return own;
  const latency: ToleranceName[] = own.includes('p95') ? [] : ['p95'];
  const errors: ToleranceName[] = own.includes('errorRate') ? [] : ['errorRate'];
  return [...latency, ...own, ...errors];
}

/** What is shown of each probe of an experiment, in the order of its definition. */
export function gaugesOf(experiment: Experiment): Gauge[] {
  return Object.entries(experiment.steadyState).flatMap(([name, probe]) =>
    namesOf(probe).flatMap((measure) => gaugeOf(name, measure, limitOf(probe.tolerances, measure)) ?? []),
  );
}
