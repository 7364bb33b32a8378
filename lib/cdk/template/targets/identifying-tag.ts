import { createHash } from 'node:crypto';
import { Names, Stack } from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { EnvironmentTag } from '../../environment-tag.ts';
import type { ConstructResource } from './resource-of.ts';

/** By this tag FIS finds exactly one construct. Its value names the stack and the construct, and so is the same at every synthesis. */
const targetTagKey = 'steadfast:target';

/** A tag's value has at most 256 characters; some services take fewer, and none fewer than this. */
const longestValue = 128;

/**
 * Puts the tag on the constructs by which FIS finds exactly them. One construct has one such tag, however many templates hit it.
 * Several share a tag whose key tells their group: a construct can be in many groups.
 */
export function identify(resources: readonly ConstructResource[]): Record<string, string> {
  const names = resources.map(({ resource }) =>
    Names.uniqueResourceName(resource, { maxLength: longestValue, separator: '-' }),
  );
  const [name = ''] = names;
  const [key, value] =
    names.length === 1 ? [targetTagKey, name] : [`${targetTagKey}-${groupOf(names)}`, 'member'];
  for (const { resource, tags } of resources) {
    tags?.setTag(key, value);
    if (CfnService.isCfnService(resource)) handTagsToTasks(resource);
  }
  return { [key]: value };
}

/** A service's tags reach its tasks only where it is told to hand them on. */
function handTagsToTasks(service: CfnService): void {
  if (service.propagateTags === undefined || service.propagateTags === 'NONE')
    service.propagateTags = 'SERVICE';
}

const groupOf = (names: readonly string[]): string =>
  createHash('sha256').update(names.toSorted().join('\n')).digest('hex').slice(0, 8);

/**
 * Why a construct would not be found, now that every aspect has set its tags. The environment tag is never set here: to name
 * a construct as a target must not move it into the environment.
 */
export function whyNotInEnvironment(
  { construct, resource, tags }: ConstructResource,
  { key, value }: EnvironmentTag,
): string[] {
  // CloudFormation hands a stack's own tags to its resources.
  const carried = { ...Stack.of(resource).tags.tagValues(), ...tags?.tagValues() };
  const { path } = construct.node;
  if (CfnService.isCfnService(resource) && resource.propagateTags !== 'SERVICE') {
    return [
      `${path} does not hand its tags to its tasks, so FIS would find none of them: set propagateTags: PropagatedTagSource.SERVICE`,
    ];
  }
  if (carried[key] === value) return [];
  return [
    carried[key] === undefined
      ? `${path} does not carry the environment tag ${key}=${value}, so FIS would not find it: Tags.of(...).add('${key}', '${value}') on it, or on what holds it`
      : `${path} carries ${key}=${carried[key]}, and the template is for ${key}=${value}: it belongs to another environment, so name a construct of this one`,
  ];
}
