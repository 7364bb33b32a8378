import type { ECSClient } from '@aws-sdk/client-ecs';
import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { isResourceType, resourceTypes } from '../fis/resource-types.ts';
import type { TargetQuery } from '../plan/runner-input.ts';
import type { Target } from '../run/ports.ts';
import { clusterOf, describeTasks, isEnding } from './ecs-tasks.ts';

/** FIS's name of a type as the tagging API has it: `aws:ec2:ebs-volume` is `ec2:volume`. */
const taggingTypesOf = (resourceType: string): string[] =>
  isResourceType(resourceType)
    ? [...resourceTypes[resourceType].taggingTypes]
    : [resourceType.replace(/^aws:/, '')];

/** A query by tags. */
export type TagQuery = Extract<TargetQuery, { tags: unknown }>;

/** Everything that carries the tags of a query, by the tagging API, which is what FIS asks too. */
async function tagged(
  tagging: ResourceGroupsTaggingAPIClient,
  { fault, resourceType, tags }: TagQuery,
): Promise<Target[]> {
  const targets: Target[] = [];
  const pages = paginateGetResources(
    { client: tagging },
    {
      TagFilters: Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] })),
      ResourceTypeFilters: taggingTypesOf(resourceType),
      ResourcesPerPage: 100,
    },
  );
  for await (const page of pages) {
    for (const { ResourceARN, Tags } of page.ResourceTagMappingList ?? []) {
      if (ResourceARN === undefined) continue;
      const own = (Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''] as const);
      targets.push({ fault, id: ResourceARN, tags: Object.fromEntries(own) });
    }
  }
  return targets;
}

/**
 * Everything that a selector can match. Of tasks, those that ECS still runs: the tagging API goes on naming a task for a while after
 * its end. A task's ARN holds its cluster, which admission compares with what the environment owns.
 */
export async function taggedTargets(
  { tagging, ecs }: { readonly tagging: ResourceGroupsTaggingAPIClient; readonly ecs: ECSClient },
  query: TagQuery,
): Promise<Target[]> {
  const targets = await tagged(tagging, query);
  if (query.resourceType !== 'aws:ecs:task') return targets;
  const tasks = await describeTasks(
    ecs,
    targets.map(({ id }) => id),
  );
  return targets.filter(({ id }) => {
    const task = tasks.get(id);
    const inZone = query.availabilityZone === undefined || task?.availabilityZone === query.availabilityZone;
    // An ARN of the old form names no cluster to ask, so it stays: admission must see it, and cannot know it as owned.
    return clusterOf(id) === undefined || (!isEnding(task) && inZone);
  });
}
