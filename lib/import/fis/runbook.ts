import { targetName } from '../../plan/plan-target.ts';
import { roleParameter } from '../../plan/runbook-role.ts';
import type { ReadAction } from './actions.ts';
import { memberOf } from './node.ts';
import { fieldOf } from './template.ts';
import type { Work } from './work.ts';

const runbook = 'aws:ssm:start-automation-execution';

/** The parameters of a runbook without the role that it takes on: the environment declares it beside the document. */
export function withoutRole(
  parameters: Readonly<Record<string, unknown>>,
  { action, node }: ReadAction,
  fault: string,
  work: Work,
): Readonly<Record<string, unknown>> {
  const { document, parameters: own, ...rest } = parameters;
  if (action.id !== runbook || typeof own !== 'object' || own === null || !Object.hasOwn(own, roleParameter))
    return parameters;
  const { place } = work;
  const name = typeof document === 'string' ? document : 'DOCUMENT';
  const declared =
    place === undefined || !Object.hasOwn(place.documents, name) ? undefined : place.documents[name];
  const given = memberOf(fieldOf(node, 'parameters', work.template), 'documentParameters');
  if (given !== undefined)
    work.ledger.approximated(
      given.path,
      work.to(`faults.${fault}.parameters.parameters`),
      'the role that the runbook takes on is declared by the environment',
    );
  if (declared?.role === undefined) {
    const where = place === undefined ? 'the environment' : targetName(place);
    work.decide(
      ['faults', fault, 'parameters', 'document'],
      `the runbook took on a role: declare it in ${where}, documents.${name}.role`,
    );
  }
  const left = Object.entries(own).filter(([key]) => key !== roleParameter);
  return {
    ...rest,
    ...(document === undefined ? {} : { document }),
    ...(left.length === 0 ? {} : { parameters: Object.fromEntries(left) }),
  };
}
