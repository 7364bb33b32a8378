import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import { metricSchema } from '../../experiment/environment-metric.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { biteMetricOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { durationFromMs } from '../../fis/quantity.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';

/**
 * Stages that may be over before a metric can show that their fault bit: a whole period must lie within one, wherever periods begin,
 * and its data must have come. A lab asks no metric.
 */
export function biteProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  if (target.kind === 'lab') return [];
  return Object.entries(experiment.faults).flatMap(([name, fault]): Problem[] => {
    const bite = biteMetricOf(fault);
    const metric = bite === undefined ? undefined : target.metrics[bite.metric];
    if (bite === undefined || metric === undefined) return [];
    const periodMs = metricSchema.parse(metric).period.ms;
    const leastMs = 2 * periodMs + (bite.delay?.ms ?? defaultMs(defaults.delay));
    const short = experiment.stages.findIndex(({ duration }) => duration.ms < leastMs);
    if (short < 0) return [];
    return [
      {
        code: 'bite-too-late',
        severity: 'note',
        path: ['stages', short, 'duration'],
        message: `in ${targetName(target)} the stage may be over before '${bite.metric}' can show that '${name}' bit: a period of ${durationFromMs(periodMs).text} must lie within it, and its data must have come`,
        hint: `let each stage last ${durationFromMs(leastMs).text} or longer, or name a metric of shorter periods`,
      },
    ];
  });
}
