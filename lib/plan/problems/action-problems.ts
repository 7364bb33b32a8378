import type { Experiment } from '../../experiment/experiment.ts';
import { type Fault, selectorOf } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { declarationFor } from '../../fis/permission.ts';
import { resourceTypeFacts } from '../../fis/resource-types.ts';
import { actionOf, parametersOf } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';

/** Whether a target carries a fault's action out: an environment any, a lab those that it has a stand-in for. */
export const isPlayed = (fault: Fault, target: PlanTarget): boolean =>
  target.kind === 'environment' || actionOf(fault).rehearsal.fidelity !== 'not rehearsable';

/** Whether a selector can find anything for a fault in a target: of types that FIS cannot select by tag it finds nothing. */
export function isSelectable(fault: Fault, target: PlanTarget): boolean {
  const { target: hit } = actionOf(fault);
  return isPlayed(fault, target) && hit !== undefined && resourceTypeFacts(hit.resourceType).byTag;
}

/**
 * What keeps an action as such out of a target. In an environment everything that is hit must be confined to it: by its tag, or by a
 * declaration, and no environment can declare resources yet. A lab only notes that it cannot play an action.
 */
export const actionProblemsOf = (experiment: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => {
    if (actionOf(fault).id === 'aws:fis:wait') return [hitsNothing(name)];
    if (target.kind === 'lab') return rehearsalProblems(name, fault, target);
    return [
      ...selectionProblems(name, fault, target),
      ...parameterProblems(name, fault, target),
      ...permissionProblems(name, fault, target),
      ...zoneProblems(name, fault),
    ];
  });

const hitsNothing = (name: string): Problem => ({
  code: 'hits-nothing',
  path: ['faults', name, 'action'],
  message: 'a wait hits nothing, so nothing would be shown',
  hint: 'remove it: the plan adds the waits that a stage needs',
});

function rehearsalProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { id, rehearsal } = actionOf(fault);
  if (rehearsal.fidelity !== 'not rehearsable') return [];
  return [
    {
      code: 'not-rehearsable',
      severity: 'note',
      path: ['faults', name, 'action'],
      message: `${targetName(target)} cannot play ${id}: ${rehearsal.why}`,
    },
  ];
}

const notYet = (id: string, target: PlanTarget) =>
  `an environment cannot declare such resources yet, so ${id} cannot run in ${targetName(target)}`;

function selectionProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { id, target: hit } = actionOf(fault);
  if (hit === undefined || resourceTypeFacts(hit.resourceType).byTag) return [];
  return [
    {
      code: 'not-selectable-by-tag',
      path: ['faults', name, 'action'],
      message: `${id} hits ${hit.resourceType}, which FIS cannot select by tag: nothing would keep it within ${targetName(target)}`,
      hint: notYet(id, target),
    },
  ];
}

/** Resources that a parameter names carry whatever tag they carry. */
function parameterProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { id, fisParameters } = actionOf(fault);
  return parametersOf(fault).flatMap(([parameter]): Problem[] => {
    const names = fisParameters[parameter]?.names;
    if (names === undefined) return [];
    return [
      {
        code: 'not-selectable-by-tag',
        path: ['faults', name, 'parameters', parameter],
        message: `names ${names}, which no tag keeps within ${targetName(target)}`,
        hint: notYet(id, target),
      },
    ];
  });
}

function permissionProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { id, permissions } = actionOf(fault);
  const needed = permissions.filter(
    (permission) => permission.when === undefined && declarationFor(permission) !== undefined,
  );
  const [first] = needed;
  if (first === undefined) return [];
  const actions = [...new Set(needed.map(({ action }) => action))].join(', ');
  return [
    {
      code: 'not-declared',
      path: ['faults', name, 'action'],
      message: `FIS's role needs ${actions} for ${id}, which IAM cannot confine by tag: only by ${declarationFor(first)}`,
      hint: notYet(id, target),
    },
  ];
}

function zoneProblems(name: string, fault: Fault): Problem[] {
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
