import { percentilesOf, timeoutOf } from './percentiles.ts';
import { httpProbesOf, readsMetrics } from './reach.ts';
import type { LenientRule } from './rule.ts';

/** Where no percentile lies below the time-out, answers may take as long as that: whoever waits is not noticed. */
export const noLatencyBound: LenientRule = (experiment) => {
  // A metric may be the latency that is watched; its name does not say.
  if (readsMetrics(experiment)) return [];
  const probes = httpProbesOf(experiment);
  const services = [...new Set(probes.map(({ probe }) => probe.http.service))];
  return services.flatMap((service) => {
    const ofService = probes.filter(({ probe }) => probe.http.service === service);
    const bounded = ofService.some(({ probe }) =>
      percentilesOf(probe).some(({ belowMs }) => belowMs < timeoutOf(probe).ms),
    );
    const [first] = ofService;
    if (bounded || first === undefined) return [];
    const [wide] = percentilesOf(first.probe);
    const { text } = timeoutOf(first.probe);
    return [
      {
        code: 'no-latency-bound',
        path: [
          'steadyState',
          first.name,
          'tolerances',
          ...(wide === undefined ? [] : [wide.tolerance, 'below']),
        ],
        message:
          wide === undefined
            ? `nothing but the time-out of ${text} says how long ${service} may take`
            : `'${wide.text}' is no less than the time-out of ${text}: ${service} may take as long as that`,
        hint: "add a percentile that users would notice, such as p95: { below: '250ms' }",
      },
    ];
  });
};
