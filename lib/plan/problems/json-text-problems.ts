import type { Fault } from '../../experiment/fault.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { arnParts, arnsIn, fitsAny } from '../../fis/arn.ts';
import { arnOfKind } from '../aws-names.ts';
import { declarationsOf } from '../declared.ts';
import { actionOf, parametersOf } from '../fis-parameters.ts';
import { documentRole, placeOf } from '../named-resources.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { roleParameter } from '../runbook-role.ts';
import { type Leaf, leavesOf } from './json-leaves.ts';

/** Every ARN within the JSON that a fault hands on must be declared: nothing else keeps it within the environment. */
export function jsonTextProblemsOf(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const path = ['faults', name, 'parameters'];
  return [
    ...parametersOf(withoutRole(fault)).flatMap(([parameter, value]) =>
      actionOf(fault).fisParameters[parameter]?.as === 'json'
        ? leavesOf(value, [...path, parameter]).flatMap((leaf) => arnProblems(leaf, target))
        : [],
    ),
    ...roleProblems(fault, path, target),
  ];
}

/** The role that a runbook takes on is judged by the declaration of its document, not as any ARN. */
function withoutRole(fault: Fault): Fault {
  if (fault.action !== 'aws:ssm:start-automation-execution') return fault;
  const { [roleParameter]: _role, ...parameters } = fault.parameters.parameters ?? {};
  return { ...fault, parameters: { ...fault.parameters, parameters } };
}

function arnProblems({ path, text }: Leaf, target: PlanTarget): Problem[] {
  const patterns = acceptedIn(target);
  return arnsIn(text)
    .filter((arn) => !fitsAny(patterns, arn) && !liesInIsolatedAccount(arn, target))
    .map((arn) => ({
      code: 'not-declared',
      path,
      message: `names ${arn}, which ${targetName(target)} does not declare`,
      hint: `declare it in the resources of one of its services, or name what is declared`,
    }));
}

/** What may stand in the JSON that a fault hands on: ARNs, and patterns of ARNs, that an environment declares. */
export function acceptedIn(target: PlanTarget): readonly string[] {
  const place = placeOf(target);
  const functions = Object.values(target.functions).map((name) =>
    name.startsWith('arn:') || place === undefined ? name : arnOfKind(`lambda:function:${name}`, place),
  );
  const buckets = Object.values(target.buckets).flatMap((bucket) => [
    `arn:*:s3:::${bucket}`,
    `arn:*:s3:::${bucket}/*`,
  ]);
  return [...declarationsOf(target).declared, ...functions, ...buckets];
}

const liesInIsolatedAccount = (arn: string, { isolated, account }: PlanTarget): boolean =>
  isolated && arnParts(arn)?.account === account;

function roleProblems(fault: Fault, path: Leaf['path'], target: PlanTarget): Problem[] {
  if (fault.action !== 'aws:ssm:start-automation-execution') return [];
  const { document, parameters = {} } = fault.parameters;
  const declared = documentRole(document, target);
  return leavesOf(parameters[roleParameter], [...path, 'parameters', roleParameter])
    .filter(({ text }) => text !== declared)
    .map(({ text, path: place }) => ({
      code: 'not-declared',
      path: place,
      message: `the runbook would take on '${text}', and ${targetName(target)} declares ${declared ?? 'no role'} for the document '${document}'`,
      hint: `remove it, and declare documents.${document}.role in ${targetName(target)}: the plan adds it`,
    }));
}
