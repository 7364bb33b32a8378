import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Metric } from '../experiment/environment-metric.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { PolledProbe, Probe } from '../experiment/probe.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import { durationFromMs } from '../fis/quantity.ts';

/** Oftener than this no lab is looked at, at any pace; what plays a function is a process, which takes a good part of a second to start. */
const leastEveryMs = { lambda: 1_000, others: 250 } as const;

/** Where an experiment runs, as far as it sets the rhythm of probes. */
export interface Whereabouts {
  readonly mode: 'rehearsal' | 'aws';
  readonly pace: number;
  /** How often each metric is measured, where that is known. */
  readonly periodsMs: Readonly<Record<string, number>>;
}

/**
 * The experiment with the rhythm that its probes have where it runs. A metric of CloudWatch is read once in its own period: oftener
 * there is nothing to read, and a probe that expected more would take itself for blind. In a lab what is polled keeps pace with the
 * stages, so that as many looks fall into one as in AWS; and nothing is late there, since a lab's readings are of now.
 */
export const inRhythm = (experiment: Experiment, place: Whereabouts): Experiment => ({
  ...experiment,
  steadyState: allInRhythm(experiment.steadyState, place),
  ...(experiment.proofs === undefined ? {} : { proofs: allInRhythm(experiment.proofs, place) }),
});

const allInRhythm = (probes: Experiment['steadyState'], place: Whereabouts): Experiment['steadyState'] =>
  Object.fromEntries(
    Object.entries(probes).map(([name, probe]): [string, Probe] => [
      name,
      isHttpProbe(probe) ? probe : polledInRhythm(probe, place),
    ]),
  );

function polledInRhythm(probe: PolledProbe, { mode, pace, periodsMs }: Whereabouts): Probe {
  if (mode === 'rehearsal') {
    const everyMs = (probe.every?.ms ?? defaultMs(defaults.every)) * pace;
    const every = durationFromMs(
      Math.max('lambda' in probe ? leastEveryMs.lambda : leastEveryMs.others, everyMs),
    );
    return 'metric' in probe ? { ...probe, every, delay: durationFromMs(0) } : { ...probe, every };
  }
  const periodMs = 'metric' in probe ? periodsMs[probe.metric] : undefined;
  return periodMs === undefined || (probe.every?.ms ?? 0) >= periodMs
    ? probe
    : { ...probe, every: durationFromMs(periodMs) };
}

/** How often each of these metrics is measured. */
export const periodsOf = (metrics: Readonly<Record<string, Metric>>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, { period }]) => [name, period.ms]));
