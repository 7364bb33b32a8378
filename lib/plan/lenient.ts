import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { blindToMinority } from './lenient/blind-to-minority.ts';
import { noFreshness } from './lenient/no-freshness.ts';
import { noLatencyBound } from './lenient/no-latency-bound.ts';
import { patientTolerance } from './lenient/patient-tolerance.ts';
import type { LenientRule } from './lenient/rule.ts';
import { unrelatedProbes } from './lenient/unrelated-probes.ts';
import { wideErrorRate } from './lenient/wide-error-rate.ts';
import { wideLatency } from './lenient/wide-latency.ts';
import type { PlanTarget } from './plan-target.ts';

/** Each looks for one way in which a steady state can stay met whatever the fault does. */
const rules: readonly LenientRule[] = [
  unrelatedProbes,
  noFreshness,
  noLatencyBound,
  wideLatency,
  wideErrorRate,
  blindToMinority,
  patientTolerance,
];

/**
 * Where the steady state could not have noticed the fault it faces: notes, each with what to add. An experiment is right with
 * them, and its `held` says little.
 */
export const lenientIn = (experiment: Experiment, target: PlanTarget): Problem[] =>
  rules.flatMap((rule) => rule(experiment, target).map((note) => ({ ...note, severity: 'note' as const })));
