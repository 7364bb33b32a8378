import type { Experiment } from '../../experiment/experiment.ts';
import { type Fault, isLabFault } from '../../experiment/fault.ts';
import { findLabFault } from '../../experiment/lab-faults/lab-faults.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { actionOf } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { customResourceProblemsOf } from './custom-resource-problems.ts';
import { declarationProblemsOf } from './declaration-problems.ts';
import { jsonTextProblemsOf } from './json-text-problems.ts';
import { selectionInLabProblemsOf, zoneProblemsOf } from './zone-problems.ts';

/** Whether a target carries a fault's action out: an environment any, a lab those that it has a stand-in for. */
export const isPlayed = (fault: Fault, target: PlanTarget): boolean =>
  target.kind === 'environment' || actionOf(fault).rehearsal.fidelity !== 'not rehearsable';

/** Whether a selector can find anything for a fault in a target. */
export const isSelectable = (fault: Fault, target: PlanTarget): boolean =>
  isPlayed(fault, target) && actionOf(fault).target !== undefined;

/**
 * What keeps an action as such out of a target. In an environment everything that is hit must be confined to it: by its tag, or by what
 * it declares. A lab only notes that it cannot play an action.
 */
export const actionProblemsOf = (experiment: Experiment, target: PlanTarget): Problem[] =>
  Object.entries(experiment.faults).flatMap(([name, fault]) => {
    if (actionOf(fault).id === 'aws:fis:wait') return [hitsNothing(name)];
    if (target.kind === 'lab')
      return [
        ...rehearsalProblems(name, fault, target),
        ...(isSelectable(fault, target) ? selectionInLabProblemsOf(name, fault, target) : []),
      ];
    if (isLabFault(fault)) return [rehearsalOnly(name, fault)];
    return [
      ...declarationProblemsOf(name, fault, experiment, target),
      ...jsonTextProblemsOf(name, fault, target),
      ...customResourceProblemsOf(name, fault, target),
      ...zoneProblemsOf(name, fault),
    ];
  });

const hitsNothing = (name: string): Problem => ({
  code: 'hits-nothing',
  path: ['faults', name, 'action'],
  message: 'a wait hits nothing, so nothing would be shown',
  hint: 'remove it: the plan adds the waits that a stage needs',
});

const rehearsalOnly = (name: string, { action }: Fault): Problem => ({
  code: 'rehearsal-only',
  path: ['faults', name, 'action'],
  message: `${action} is a fault of a lab, which FIS does not have`,
  hint: 'use an action of FIS, or only rehearse the experiment',
});

function rehearsalProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const { id, rehearsal } = actionOf(fault);
  if (findLabFault(id)?.needs === 'proxyControl' && target.hasProxyControl !== true) {
    return [
      {
        code: 'no-proxy-control',
        path: ['faults', name, 'action'],
        message: `${id} goes through the control of the proxy, and ${targetName(target)} has none`,
        hint: 'add a service to the lab, such as control: { proxyControl: {} }',
      },
    ];
  }
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
