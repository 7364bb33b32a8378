import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../../experiment/steadfast-error.ts';
import { fisLimits } from '../../../fis/limits.ts';
import { type ResourceType, resourceTypeFacts } from '../../../fis/resource-types.ts';
import type { BoundTarget, TargetContext } from '../bound-target.ts';
import type { ArnTargetOptions } from '../fis-target.ts';

/** Resources by their ARNs, of types that FIS cannot select by tag. */
export function bindArns(options: ArnTargetOptions, { resourceType, path }: TargetContext): BoundTarget {
  const { arns } = options;
  return {
    body: { resourceArns: [...arns] },
    problems: [
      ...byTagProblems(options, resourceType, path),
      ...arnsProblems(arns, resourceType, [...path, 'arns']),
    ],
    atLeast: arns.length,
    arns,
  };
}

function byTagProblems(
  options: ArnTargetOptions,
  resourceType: ResourceType,
  path: Problem['path'],
): Problem[] {
  if ('tags' in options) {
    return [
      {
        code: 'tags-and-arns',
        path: [...path, 'tags'],
        message: 'tags and ARNs stand together, and FIS takes one or the other',
        hint: resourceTypeFacts(resourceType).byTag ? 'keep the tags: FisTarget.tagged' : 'keep the ARNs',
      },
    ];
  }
  if (!resourceTypeFacts(resourceType).byTag) return [];
  return [
    {
      code: 'selectable-by-tag',
      path: [...path, 'arns'],
      message: `FIS selects ${resourceType} by tag, and only a tag keeps the fault within the environment`,
      hint: 'select them by FisTarget.tagged or FisTarget.of',
    },
  ];
}

/** What FIS would refuse of a target's ARNs. */
export function arnsProblems(
  arns: readonly string[],
  resourceType: ResourceType,
  path: Problem['path'],
): Problem[] {
  const { byArn } = resourceTypeFacts(resourceType);
  if (!byArn) {
    return [{ code: 'arns', path, message: `FIS takes no ARNs of ${resourceType}`, hint: 'select by tag' }];
  }
  if (resourceType === 'aws:eks:cluster') {
    return [
      {
        code: 'arns',
        path,
        message: 'say nothing of the namespace that everything is to stay in',
        hint: 'name the cluster by FisTarget.cluster',
      },
    ];
  }
  if (arns.length === 0) return [{ code: 'arns', path, message: 'is empty', hint: 'name one' }];
  if (arns.length > fisLimits.arnsPerTarget) {
    return [
      {
        code: 'too-many-arns',
        path,
        message: `are ${arns.length}, and FIS takes ${fisLimits.arnsPerTarget} a target`,
        hint: 'split the target, with an action for each part',
      },
    ];
  }
  return arns.flatMap((arn, index): Problem[] =>
    Token.isUnresolved(arn) || arn.startsWith('arn:')
      ? []
      : [{ code: 'arns', path: [...path, index], message: `'${arn}' is no ARN` }],
  );
}
