import type { Problem } from '../../../experiment/steadfast-error.ts';
import { resourceTypeFacts } from '../../../fis/resource-types.ts';
import type { BoundTarget, TargetContext } from '../bound-target.ts';
import type { TaggedTargetOptions } from '../fis-target.ts';
import { narrowingOf } from '../narrowing.ts';

/** A resource has at most so many tags (AWS general reference, "Tagging"). */
const mostTags = 50;

/** Resources by their tags: the environment's and those that narrow the selection. */
export function bindTagged(
  options: TaggedTargetOptions,
  { environmentTag, resourceType, path }: TargetContext,
): BoundTarget {
  const { tags = {}, atLeast, launchType } = options;
  const { body, problems } = narrowingOf(options, resourceType, path);
  const found = [
    ...selectableProblems(resourceType, path),
    ...tagProblems(tags, environmentTag.key, path),
    ...problems,
  ];
  const isNarrow = Object.keys({ ...tags, ...body.parameters }).length > 0 || body.filters !== undefined;
  if (!isNarrow) {
    found.push({
      code: 'selects-everything',
      path,
      message: `selects every ${resourceType} of the environment`,
      hint: 'add tags, filters or parameters',
    });
  }
  return {
    // The environment tag comes last, so that nothing can take its place.
    body: { resourceTags: { ...tags, [environmentTag.key]: environmentTag.value }, ...body },
    problems: found,
    atLeast,
    launchType,
  };
}

const insteadOfTags: Readonly<Partial<Record<TargetContext['resourceType'], string>>> = {
  'aws:eks:cluster': 'FisTarget.cluster',
  'aws:eks:pod': 'FisTarget.pods',
};

function selectableProblems(resourceType: TargetContext['resourceType'], path: Problem['path']): Problem[] {
  if (resourceTypeFacts(resourceType).byTag) return [];
  return [
    {
      code: 'not-selectable-by-tag',
      path,
      message: `FIS cannot select ${resourceType} by tag`,
      hint: `name them by ${insteadOfTags[resourceType] ?? 'FisTarget.arns or FisTarget.of'}`,
    },
  ];
}

function tagProblems(
  tags: Readonly<Record<string, string>>,
  environmentKey: string,
  path: Problem['path'],
): Problem[] {
  const problems: Problem[] = [];
  if (environmentKey in tags) {
    problems.push({
      code: 'environment-tag',
      path: [...path, 'tags', environmentKey],
      message: `names the environment tag '${environmentKey}', which the template adds itself`,
      hint: 'remove it',
    });
  }
  if (Object.keys(tags).length >= mostTags) {
    problems.push({
      code: 'too-many-tags',
      path: [...path, 'tags'],
      message: `has ${Object.keys(tags).length} tags, and with the environment tag a resource has at most ${mostTags}`,
      hint: 'select by fewer',
    });
  }
  return problems;
}
