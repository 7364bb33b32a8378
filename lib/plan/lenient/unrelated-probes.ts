import { targetName } from '../plan-target.ts';
import { hitBy, httpProbesOf, probesReachedBy, readsMetrics } from './reach.ts';
import type { LenientRule } from './rule.ts';

/**
 * Every probe asks services that neither are hit by any of the faults nor use one that is. One that does is enough: the others are
 * controls.
 */
export const unrelatedProbes: LenientRule = (experiment, target) => {
  const probes = httpProbesOf(experiment);
  const [first] = probes;
  if (first === undefined || readsMetrics(experiment)) return [];
  const faults = Object.values(experiment.faults);
  if (faults.some((fault) => probesReachedBy(fault, experiment, target).length > 0)) return [];
  const hit = [...new Set(faults.flatMap((fault) => hitBy(fault) ?? []))];
  const asked = [...new Set(probes.map(({ probe }) => probe.http.service))];
  return [
    {
      code: 'unrelated-probes',
      path: ['steadyState', first.name, 'http', 'service'],
      message: `no probe can notice what fails: in ${targetName(target)} ${asked.join(' and ')} ${asked.length === 1 ? 'does' : 'do'} not use ${hit.join(' or ')}`,
      hint: `add a probe of a service that depends on ${hit.at(-1)}, or say there what ${asked[0]} uses`,
    },
  ];
};
