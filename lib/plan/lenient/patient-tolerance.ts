import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { targetName } from '../plan-target.ts';
import { pacedMs } from '../stage-template.ts';
import type { LenientRule } from './rule.ts';

const inSeconds = (ms: number): string => `${Math.round(ms / 100) / 10}s`;

/** What compares each sample is missed only after `missedFor`, and an age must grow first: no stage may be over before that. */
export const patientTolerance: LenientRule = (experiment, target) => {
  const longestMs = Math.max(...experiment.stages.map((stage) => pacedMs(stage, target)));
  return slowestOf(experiment).flatMap(({ probe, tolerance, takesMs, grows }) => {
    if (takesMs < longestMs) return [];
    const paced = target.pace === 1 ? '' : ` at the pace of ${targetName(target)}`;
    return [
      {
        code: 'patient-tolerance',
        path: ['steadyState', probe, 'tolerances', tolerance],
        message: `it is missed after ${inSeconds(takesMs)} at the earliest${grows ? ' (the age must grow first)' : ''}, and no stage is longer than ${inSeconds(longestMs)}${paced}`,
        hint: `make a stage longer than that, or missedFor${grows ? ' and below' : ''} shorter`,
      },
    ];
  });
};

/** How long a fault must last before each tolerance on single samples can be missed. */
const slowestOf = ({ steadyState }: Experiment) =>
  Object.entries(steadyState).flatMap(([probe, { tolerances }]) => {
    const patience = (missedFor: { readonly ms: number } | undefined) =>
      missedFor?.ms ?? defaultMs(defaults.missedFor);
    const { age, count, value } = tolerances;
    return [
      ...(age === undefined
        ? []
        : [{ probe, tolerance: 'age', takesMs: age.below.ms + patience(age.missedFor), grows: true }]),
      ...(count === undefined
        ? []
        : [{ probe, tolerance: 'count', takesMs: patience(count.missedFor), grows: false }]),
      ...(value === undefined
        ? []
        : [{ probe, tolerance: 'value', takesMs: patience(value.missedFor), grows: false }]),
    ];
  });
