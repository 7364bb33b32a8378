import type { Experiment } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisParametersOf } from '../../plan/fis-parameters.ts';
import type { PlanTarget } from '../../plan/plan-target.ts';
import { actionHandlers } from './action-handlers.ts';

/** What keeps this machine from carrying out an experiment's faults, found before a lab is started. */
export const problemsHere = (experiment: Pick<Experiment, 'faults'>, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]): Problem[] => {
    const why = actionHandlers.get(fault.action)?.whyNotHere?.(fisParametersOf(fault, target));
    if (why === undefined) return [];
    const { message, hint } = why;
    return [
      {
        code: 'not-on-this-machine',
        path: ['faults', name],
        message: `this machine cannot carry out ${fault.action}: ${message}`,
        ...(hint === undefined ? {} : { hint }),
      },
    ];
  });
