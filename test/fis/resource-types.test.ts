import { describe, expect, it } from 'vitest';
import {
  isResourceType,
  resourceTypeFacts,
  resourceTypes,
  typesSelectedByTag,
} from '../../lib/fis/resource-types.ts';
import { referenceActions } from './reference.ts';

const types = Object.keys(resourceTypes).filter(isResourceType);

describe('the types of resources', () => {
  it('are those that the actions of FIS act on', () => {
    const hit = Object.values(referenceActions).flatMap(({ target }) => target?.resourceType ?? []);
    expect(types.toSorted()).toEqual([...new Set(hit)].toSorted());
    expect(types).toHaveLength(24);
  });

  it('are selected by tag but for EKS clusters and pods, and IAM roles', () => {
    expect(types.filter((type) => !typesSelectedByTag.includes(type))).toEqual([
      'aws:eks:cluster',
      'aws:eks:pod',
      'aws:iam:role',
    ]);
  });

  it.each(typesSelectedByTag)('say what the tagging API calls %s, where FIS selects it by tag', (type) => {
    expect(resourceTypeFacts(type).taggingTypes.length).toBeGreaterThan(0);
    for (const name of resourceTypeFacts(type).taggingTypes) expect(name).toMatch(/^[a-z0-9]+:[a-zA-Z-]+$/);
  });

  it('name a zone by a filter or parameter that the type has', () => {
    for (const type of types) {
      const { zone, filters = [], parameters = [], requiredParameters = [] } = resourceTypeFacts(type);
      if (zone === undefined) continue;
      expect('filter' in zone ? filters : parameters).toContain(
        'filter' in zone ? zone.filter : zone.parameter,
      );
      expect('isRequired' in zone).toBe('parameter' in zone && requiredParameters.includes(zone.parameter));
    }
  });

  it('are no texts of other kinds', () => {
    expect(isResourceType('aws:ecs:service')).toBe(false);
    expect(isResourceType('toString')).toBe(false);
  });
});
