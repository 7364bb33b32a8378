import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault } from '../../experiment/fault.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { isOfKind } from '../../fis/arn.ts';
import { fisLimits } from '../../fis/limits.ts';
import { declarationFor, type FisPermission } from '../../fis/permission.ts';
import { resourceTypeFacts } from '../../fis/resource-types.ts';
import { arnOfKind } from '../aws-names.ts';
import { confinementOf } from '../confinement.ts';
import { declaredFor, targetArnsOf } from '../declared.ts';
import { actionOf, namesIn } from '../fis-parameters.ts';
import { meaningOf, placeOf } from '../named-resources.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { grantsOf } from '../role-grants.ts';
import { bucketKind } from '../target-kinds.ts';

/** What an environment must declare, since no tag confines it: targets that FIS cannot select by tag, and what FIS's role needs. */
export function declarationProblemsOf(
  name: string,
  fault: Fault,
  experiment: Experiment,
  target: PlanTarget,
): Problem[] {
  const hit = actionOf(fault).target;
  if (hit !== undefined && !resourceTypeFacts(hit.resourceType).byTag)
    return declaredTargetProblemsOf(name, fault, target);
  return [...permissionProblems(name, fault, experiment, target), ...bucketProblems(name, fault, target)];
}

/** Where a fault's declarations would stand: `services.orders.resources`. */
const placeOfDeclaration = (fault: Fault, key: string) =>
  `services.${selectorOf(fault)?.service ?? '<name>'}.${key}`;

/** What is wrong with the selector of targets that FIS cannot select by tag. */
export function declaredTargetProblemsOf(name: string, fault: Fault, target: PlanTarget): Problem[] {
  const selector = selectorOf(fault);
  const resourceType = actionOf(fault).target?.resourceType ?? '';
  const path = ['faults', name, 'selector'];
  if (selector?.service === undefined) {
    return [
      {
        code: 'not-selectable-by-tag',
        path,
        message: `selects ${resourceType} by tags, which FIS cannot`,
        hint: `name a service that declares them in ${targetName(target)}`,
      },
    ];
  }
  const arns = targetArnsOf(fault, target);
  const problems: Problem[] = [];
  if (Object.keys(selector.tags ?? {}).length > 0) {
    problems.push({
      code: 'tags-beside-declared',
      path: [...path, 'tags'],
      message: `FIS takes no tags for ${resourceType}: they are what the service '${selector.service}' declares`,
      hint: 'remove the tags, or name a service that declares fewer',
    });
  }
  if (arns.length > fisLimits.arnsPerTarget) {
    problems.push({
      code: 'too-many-arns',
      path: [...path, 'service'],
      message: `the service '${selector.service}' declares ${arns.length} roles in ${targetName(target)}, and FIS takes ${fisLimits.arnsPerTarget} ARNs at most in a target`,
      hint: 'declare some of them by a service of its own, and write a fault for each',
    });
  }
  return problems;
}

function permissionProblems(
  name: string,
  fault: Fault,
  experiment: Experiment,
  target: PlanTarget,
): Problem[] {
  const { id, permissions } = actionOf(fault);
  const within = confinementOf(fault, experiment, target);
  // A name without meaning is a problem of its own.
  const isNamed = namesIn(fault).every(({ kind, name: used }) => meaningOf(kind, used, target) !== undefined);
  if (within === undefined || !isNamed) return [];
  const lacking = permissions.filter(
    (permission) => permission.when === undefined && grantsOf(permission, within).length === 0,
  );
  const [first] = lacking;
  if (first === undefined) return [];
  const actions = [...new Set(lacking.map(({ action }) => action))].join(', ');
  return [
    {
      code: 'not-declared',
      path: ['faults', name, 'action'],
      message: `FIS's role needs ${actions} for ${id}, which IAM confines only by ${declarationFor(first)}, and ${targetName(target)} declares none`,
      hint: `declare ${whereTo(first, fault, target)} of ${targetName(target)}, or say why its account is isolated (isolated: { reason })`,
    },
  ];
}

function whereTo({ confinedBy, on }: FisPermission, fault: Fault, target: PlanTarget): string {
  if (typeof confinedBy === 'object' && 'prefix' in confinedBy)
    return `${placeOfDeclaration(fault, 'faultConfiguration')}, the ARN in AWS_FIS_CONFIGURATION_LOCATION of its functions,`;
  const kind = typeof confinedBy === 'object' && 'fisTargets' in confinedBy ? confinedBy.targets : on;
  const place = placeOf(target);
  const example =
    kind === undefined || place === undefined
      ? ''
      : `, such as '${arnOfKind(kind, place).replace('*', '...')}'`;
  return `them in ${placeOfDeclaration(fault, 'resources')}${example},`;
}

/** The tag alone does not say whose a bucket is: an ARN that says no account cannot be compared with what is owned. */
function bucketProblems(name: string, fault: Fault, target: PlanTarget): Problem[] {
  if (actionOf(fault).target?.resourceType !== 'aws:s3:bucket' || target.owns.names !== undefined) return [];
  if (declaredFor(fault, target).some((arn) => isOfKind(arn, bucketKind))) return [];
  return [
    {
      code: 'not-declared',
      path: ['faults', name, 'action'],
      message: `the ARN of a bucket says no account, so a tag that is wrong would not be noticed in ${targetName(target)}`,
      hint: `declare the buckets in ${placeOfDeclaration(fault, 'resources')} of ${targetName(target)}, such as 'arn:aws:s3:::...', or name them in its owns.names`,
    },
  ];
}
