import { percentOf } from '../../fis/quantity.ts';
import { actionOf } from '../fis-parameters.ts';
import { probesReachedBy } from './reach.ts';
import type { LenientRule } from './rule.ts';

/** Errors put into a share of the traffic, where more than that share may fail anyway. */
export const wideErrorRate: LenientRule = (experiment, target) => {
  const shares = experiment.stages.flatMap(({ share }) =>
    share !== 'one' && 'of' in share ? [{ ratio: percentOf(share.share) / 100, text: share.share.text }] : [],
  );
  const widest = shares.toSorted((a, b) => b.ratio - a.ratio)[0];
  if (widest === undefined || shares.length < experiment.stages.length) return [];
  return Object.entries(experiment.faults).flatMap(([name, fault]) => {
    if (!/error/.test(fault.action) || actionOf(fault).trafficShareParameter === undefined) return [];
    const rates = probesReachedBy(fault, experiment, target).flatMap((one) => {
      const below = one.probe.tolerances.errorRate?.below;
      return below === undefined ? [] : [{ probe: one.name, below }];
    });
    const [tightest] = rates.toSorted((a, b) => a.below.ratio - b.below.ratio);
    if (tightest === undefined || tightest.below.ratio <= widest.ratio) return [];
    return [
      {
        code: 'wide-error-rate',
        path: ['steadyState', tightest.probe, 'tolerances', 'errorRate', 'below'],
        message: `the fault '${name}' makes ${widest.text} of the traffic fail at most, and '${tightest.below.text}' may`,
        hint: `lower it below ${widest.text}, or take a larger share`,
      },
    ];
  });
};
