import type { Experiment } from '../../experiment/experiment.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';

/** A control must be out of the faults' reach: what they hit tells nothing of what would have been without them. */
export function controlProblemsOf({ controls = {}, faults }: Experiment): Problem[] {
  const hit = new Map(
    Object.entries(faults).flatMap(([name, fault]) => {
      const service = selectorOf(fault)?.service;
      return service === undefined ? [] : [[service, name]];
    }),
  );
  return Object.entries(controls).flatMap(([name, { http }]) => {
    const fault = hit.get(http.service);
    return fault === undefined
      ? []
      : [
          {
            code: 'control-in-reach',
            path: ['controls', name, 'http', 'service'],
            message: `'${name}' is a control, and the fault '${fault}' hits its service '${http.service}'`,
            hint: 'name a service, zone or replica group that no fault of the experiment touches',
          },
        ];
  });
}
