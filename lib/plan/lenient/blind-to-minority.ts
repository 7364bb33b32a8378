import type { Stage } from '../../experiment/fault.ts';
import { stageLabel } from '../../experiment/fault-parts.ts';
import type { HttpProbe } from '../../experiment/probe.ts';
import { percentOf } from '../../fis/quantity.ts';
import { actionOf } from '../fis-parameters.ts';
import { percentilesOf } from './percentiles.ts';
import { probesReachedBy } from './reach.ts';
import type { LenientRule } from './rule.ts';

/** Of 'one' of several targets nobody knows the share; more than two are the rule, so that a median does not show it. */
const shareOfOne = 0.4;

/**
 * Where several targets share the requests, a fault in some of them shows in their share of the requests only: a median says
 * nothing of a slow third.
 */
export const blindToMinority: LenientRule = (experiment, target) => {
  const faults = Object.values(experiment.faults).filter((fault) => actionOf(fault).target !== undefined);
  const probes = faults.flatMap((fault) => probesReachedBy(fault, experiment, target));
  const [first] = probes;
  if (first === undefined || faults.length < Object.keys(experiment.faults).length) return [];
  return experiment.stages.flatMap((stage, index) => {
    const hit = shareOf(stage);
    if (hit === undefined || probes.some(({ probe }) => canShow(probe, hit))) return [];
    const [widest] = percentilesOf(first.probe).toReversed();
    return [
      {
        code: 'blind-to-minority',
        path: ['stages', index, 'share'],
        message: `a fault in '${stageLabel(stage)}' of several targets touches a part of the requests only, and ${widest?.tolerance ?? 'no tolerance'} of ${first.name} does not show it`,
        hint: `add p95 or errorRate to the tolerances of ${first.name}`,
      },
    ];
  });
};

/** The share of the targets that a stage hits; undefined where it is all of them, or a share of the traffic on each. */
function shareOf({ share }: Stage): number | undefined {
  if (share === 'one') return shareOfOne;
  if ('of' in share) return undefined;
  const ratio = percentOf(share) / 100;
  return ratio < 1 ? ratio : undefined;
}

/** Whether any tolerance is missed when this share of the answers goes wrong. What is compared one by one always shows it. */
function canShow(probe: HttpProbe, hit: number): boolean {
  const { errorRate, age, count, value } = probe.tolerances;
  if (age !== undefined || count !== undefined || value !== undefined) return true;
  if (errorRate !== undefined && errorRate.below.ratio <= hit) return true;
  return percentilesOf(probe).some(({ share }) => 1 - share < hit);
}
