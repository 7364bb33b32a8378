import { isResourceType } from '../../fis/resource-types.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { playsZone } from '../../plan/zone-names.ts';
import type { Inventory } from '../../run/ports.ts';
import { resourcesOf } from './lab-resources.ts';
import type { SelectableLab } from './select-targets.ts';

/** Everything in a lab that a run's selectors can match. */
export const createLabInventory = (lab: SelectableLab, selects: RunnerInput['selects']): Inventory => ({
  matching: async () =>
    selects.flatMap((query) => {
      if (!('tags' in query) || !isResourceType(query.resourceType)) return [];
      const { fault, tags: asked, availabilityZone } = query;
      return resourcesOf(lab, query.resourceType)
        .filter(
          ({ tags, zone }) =>
            Object.entries(asked).every(([key, value]) => tags[key] === value) &&
            (availabilityZone === undefined || (zone !== undefined && playsZone(zone, availabilityZone))),
        )
        .map(({ id, tags }) => ({ fault, id, tags }));
    }),
});
