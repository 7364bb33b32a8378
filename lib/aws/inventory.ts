import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { TargetQuery } from '../plan/runner-input.ts';
import type { Inventory, Target } from '../run/ports.ts';
import { taggedTargets } from './tagged-targets.ts';

/**
 * Everything that the faults of an experiment can hit, as far as AWS tells: what carries the tags, and what is declared by ARN. Pods are
 * known to their cluster alone, so none are listed.
 */
export function createInventory(options: {
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly ecs: ECSClient;
  readonly selects: readonly TargetQuery[];
}): Inventory {
  const found = async (query: TargetQuery): Promise<readonly Target[]> => {
    if ('tags' in query) return taggedTargets(options, query);
    // Whether a declared one exists is FIS's to say: it fails on an ARN that it does not find, in the preview already.
    return 'arns' in query ? query.arns.map((id) => ({ fault: query.fault, id, tags: {} })) : [];
  };
  return { matching: async () => (await Promise.all(options.selects.map(found))).flat() };
}
