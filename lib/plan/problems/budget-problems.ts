import { defaults } from '../../experiment/defaults.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { parseRate } from '../../fis/quantity.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';

/** Probing must never be the load: all http probes together ask no more often than the target allows. */
export function budgetProblemsOf(experiment: Experiment, target: PlanTarget): Problem[] {
  const looks = [
    ...Object.entries(experiment.steadyState).map(([name, probe]) => ({ name, probe, place: 'steadyState' })),
    ...Object.entries(experiment.controls ?? {}).map(([name, probe]) => ({ name, probe, place: 'controls' })),
  ];
  const rates = looks.flatMap(({ name, probe, place }) =>
    'http' in probe
      ? [{ name, place, perSecond: probe.rate?.perSecond ?? parseRate(defaults.rate)?.perSecond ?? 0 }]
      : [],
  );
  const together = rates.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const allowed = target.limits.probesPerSecond;
  const [most] = rates.toSorted((a, b) => b.perSecond - a.perSecond);
  // Rates that were written by the minute add up to fractions that are no more than rounding.
  if (most === undefined || together <= allowed + 1e-6) return [];
  const raise =
    target.kind === 'lab'
      ? `raise the rate of ${targetName(target)}`
      : `raise limits.probesPerSecond of ${targetName(target)}, if its services bear that besides their load`;
  return [
    {
      code: 'over-budget',
      path: [most.place, most.name, 'rate'],
      message: `the http probes ask ${shown(together)} times a second together, and ${targetName(target)} allows ${shown(allowed)}`,
      hint: `lower their rates ('${most.name}' asks most often, ${shown(most.perSecond)}/s), or ${raise}`,
    },
  ];
}

const shown = (perSecond: number) => String(Math.round(perSecond * 100) / 100);
