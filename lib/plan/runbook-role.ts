import type { Fault } from '../experiment/fault.ts';
import { documentRole } from './named-resources.ts';
import type { PlanTarget } from './plan-target.ts';

/** The parameter by which a runbook is told the role that it takes on (Systems Manager user guide, "Runbook parameters"). */
export const roleParameter = 'AutomationAssumeRole';

/** A fault with the role that its runbook declares among the runbook's parameters; any other fault as it is. */
export function withRunbookRole(fault: Fault, target: PlanTarget): Fault {
  if (fault.action !== 'aws:ssm:start-automation-execution') return fault;
  const role = documentRole(fault.parameters.document, target);
  if (role === undefined) return fault;
  const parameters = { ...fault.parameters.parameters, [roleParameter]: role };
  return { ...fault, parameters: { ...fault.parameters, parameters } };
}
