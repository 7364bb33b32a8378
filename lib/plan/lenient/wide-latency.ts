import type { Fault } from '../../experiment/fault.ts';
import { actionOf, isDuration, parametersOf } from '../fis-parameters.ts';
import { percentilesOf } from './percentiles.ts';
import { probesReachedBy } from './reach.ts';
import type { LenientRule } from './rule.ts';

/** How many times the delay a limit may be: a request may wait for the dependency more than once, but seldom more than twice. */
const mostDelays = 2;

/** A latency limit that a request stays within although it waits out the whole delay of the fault. */
export const wideLatency: LenientRule = (experiment, target) =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => {
    const delay = delayOf(fault);
    if (delay === undefined) return [];
    const probes = probesReachedBy(fault, experiment, target);
    const limits = probes.flatMap((one) =>
      percentilesOf(one.probe).map((limit) => ({ ...limit, probe: one.name })),
    );
    const [tightest] = limits.toSorted((a, b) => a.belowMs - b.belowMs);
    if (tightest === undefined || tightest.belowMs < mostDelays * delay.ms) return [];
    return [
      {
        code: 'wide-latency',
        path: ['steadyState', tightest.probe, 'tolerances', tightest.tolerance, 'below'],
        message: `a request that waits out the ${delay.text} of the fault '${name}' is still well below '${tightest.text}'`,
        hint: `lower it below ${delay.text}, or make the delay longer than what is asked for`,
      },
    ];
  });

/** By how much a fault delays, where its parameters say so. */
function delayOf(fault: Fault): { readonly ms: number; readonly text: string } | undefined {
  const { fisParameters } = actionOf(fault);
  const delays = parametersOf(fault).flatMap(([parameter, value]) =>
    isDuration(value) && fisParameters[parameter]?.as === 'milliseconds' && /delay/i.test(parameter)
      ? [value]
      : [],
  );
  return delays.toSorted((a, b) => b.ms - a.ms)[0];
}
