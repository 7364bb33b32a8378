import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { percentOf } from '../../fis/quantity.ts';
import {
  actionOf,
  fisParametersOf,
  isDuration,
  isPercentage,
  parametersOf,
  servicesNamedBy,
} from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { isWhole } from './whole.ts';

/** FIS takes at most so many characters as the value of a parameter (API model). */
const longestValue = 1_024;

/** What FIS would refuse, or understand otherwise than it was meant. */
export const parameterProblemsOf = (experiment: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => [
    ...quantityProblems(name, fault),
    ...hostProblems(name, fault, target),
    ...lengthProblems(name, fault, target),
  ]);

/** Quantities that FIS takes as whole numbers only. */
export function quantityProblems(name: string, fault: Fault): Problem[] {
  const { fisParameters } = actionOf(fault);
  return parametersOf(fault).flatMap(([parameter, value]): Problem[] => {
    const path = ['faults', name, 'parameters', parameter];
    const as = fisParameters[parameter]?.as;
    if (as === 'milliseconds' && isDuration(value) && !isWhole(value.ms)) {
      return [
        {
          code: 'whole-milliseconds',
          path,
          message: `'${value.text}' is no whole number of milliseconds, which FIS asks for`,
          hint: "write it in whole milliseconds, such as '500ms'",
        },
      ];
    }
    if ((as === 'seconds' || as === 'isoDuration') && isDuration(value) && !isWhole(value.ms / 1_000)) {
      return [
        {
          code: 'whole-seconds',
          path,
          message: `'${value.text}' is no whole number of seconds, which FIS asks for`,
          hint: "write it in whole seconds, such as '30s'",
        },
      ];
    }
    if (as === 'percent' && isPercentage(value) && !isWhole(percentOf(value))) {
      return [
        {
          code: 'whole-percent',
          path,
          message: `'${value.text}' is no whole percentage, which FIS asks for`,
          hint: "write it without a fraction, such as '10%'",
        },
      ];
    }
    return [];
  });
}

const hostProblems = (name: string, fault: Fault, target: PlanTarget): Problem[] =>
  servicesNamedBy(fault).flatMap((named): Problem[] => {
    const service = target.services[named.service];
    if (service === undefined || service.host !== undefined) return [];
    return [
      {
        code: 'no-host',
        path: ['faults', name, ...named.path],
        message: `the service '${named.service}' has no host in ${targetName(target)}, so FIS cannot tell its traffic from other`,
        hint: `give services.${named.service}.host in ${targetName(target)}: a domain name, an IPv4 address or a CIDR`,
      },
    ];
  });

/** FIS's own examples of parameters that are JSON hold spaces. */
const isJson = (fault: Fault, fisName: string) =>
  Object.values(actionOf(fault).fisParameters).some(({ name, as }) => name === fisName && as === 'json');

const lengthProblems = (name: string, fault: Fault, target: PlanTarget): Problem[] =>
  Object.entries(fisParametersOf(fault, target)).flatMap(([parameter, value]): Problem[] => {
    const path = ['faults', name, 'parameters'];
    if (value.length > longestValue) {
      return [
        {
          code: 'too-long',
          path,
          message: `${parameter} becomes ${value.length} characters, and FIS takes ${longestValue}`,
          hint: 'write less, name fewer services, or a CIDR as the host of several',
        },
      ];
    }
    if (/\s/.test(value) && !isJson(fault, parameter)) {
      return [
        {
          code: 'white-space',
          path,
          message: `${parameter} becomes '${value}', and FIS takes no white space there`,
          hint: `write hosts without spaces in ${targetName(target)}`,
        },
      ];
    }
    return [];
  });
