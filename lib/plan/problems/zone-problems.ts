import type { Fault } from '../../experiment/fault.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { resourceTypeFacts } from '../../fis/resource-types.ts';
import { actionOf } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { playsZone } from '../zone-names.ts';
import { declaredTargetProblemsOf } from './declaration-problems.ts';

/** A zone is named where the type of target needs one, and only where FIS can tell its resources apart by it. */
export function zoneProblemsOf(name: string, fault: Fault): Problem[] {
  const { id, target: hit } = actionOf(fault);
  const selector = selectorOf(fault);
  if (hit === undefined || selector === undefined) return [];
  const { zone } = resourceTypeFacts(hit.resourceType);
  const path = ['faults', name, 'selector'];
  if (selector.availabilityZone === undefined) {
    if (zone === undefined || !('isRequired' in zone)) return [];
    return [
      {
        code: 'zone',
        path,
        message: `${id} acts on one Availability Zone, and the selector names none`,
        hint: "add availabilityZone, such as 'eu-west-1a'",
      },
    ];
  }
  if (zone !== undefined) return [];
  return [
    {
      code: 'zone',
      path: [...path, 'availabilityZone'],
      message: `FIS cannot limit ${hit.resourceType} to an Availability Zone`,
      hint: 'remove it, or select by a tag that tells the zones apart',
    },
  ];
}

/** What FIS could not select is not selected in a lab either; and the lab must have the zone that a selector names. */
export function selectionInLabProblemsOf(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const resourceType = actionOf(fault).target?.resourceType;
  const declared =
    resourceType === undefined || resourceTypeFacts(resourceType).byTag
      ? []
      : declaredTargetProblemsOf(name, fault, target);
  return [...declared, ...zoneProblemsOf(name, fault), ...absentZoneProblems(name, fault, target)];
}

function absentZoneProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { service: serviceName, availabilityZone } = selectorOf(fault) ?? {};
  const service = serviceName === undefined ? undefined : target.services[serviceName];
  if (service === undefined || availabilityZone === undefined) return [];
  const { zones = [] } = service;
  if (zones.some((zone) => playsZone(zone, availabilityZone))) return [];
  return [
    {
      code: 'zone',
      path: ['faults', name, 'selector', 'availabilityZone'],
      message: `nothing of the service '${serviceName}' is in ${availabilityZone} in ${targetName(target)}, where ${zones.length === 0 ? 'it names no zones' : `its zones are ${zones.join(', ')}`}`,
      hint: `give services.${serviceName} zones in ${targetName(target)}, such as ['a', 'b'], where 'a' plays every zone whose name ends so`,
    },
  ];
}
