import { describe, expect, it } from 'vitest';
import {
  afterIn,
  decidedIn,
  definitionIn,
  fateOf,
  importTemplate,
  refusedIn,
  selectorIn,
  stopTasks,
  templateWith,
  withAction,
  withTarget,
} from './importing.ts';

describe('what else narrows a target', () => {
  const withFilters = (filters: readonly unknown[]) =>
    withAction(
      'aws:ec2:stop-instances',
      { startInstancesAfterDuration: 'PT5M' },
      {
        key: 'Instances',
        value: {
          resourceType: 'aws:ec2:instance',
          resourceTags: { Service: 'workers', Part: 'jobs', Env: 'staging' },
          filters,
        },
      },
    );
  const cutSubnet = (parameters: object) =>
    withAction(
      'aws:network:disrupt-connectivity',
      { duration: 'PT5M', scope: 'all' },
      {
        key: 'Subnets',
        value: {
          resourceType: 'aws:ec2:subnet',
          resourceTags: { Service: 'shop', Env: 'staging' },
          parameters,
        },
      },
    );

  it('is a zone, by a filter or a parameter', () => {
    const byFilter = importTemplate(
      withFilters([{ path: 'Placement.AvailabilityZone', values: ['eu-west-1a'] }]),
    );
    expect(selectorIn(byFilter)).toEqual({ service: 'workers', availabilityZone: 'eu-west-1a' });
    const byParameter = importTemplate(cutSubnet({ availabilityZoneIdentifier: 'euw1-az1' }));
    expect(selectorIn(byParameter)).toEqual({ service: 'shop', availabilityZone: 'euw1-az1' });
    const twice = importTemplate(
      withFilters(['a', 'b'].map((zone) => ({ path: 'Placement.AvailabilityZone', values: [zone] }))),
    );
    expect(refusedIn(twice)).toEqual(['narrowing targets.Hit.filters.1 (fixable)']);
  });

  it('is refused as a parameter that no definition has', () => {
    expect(refusedIn(importTemplate(cutSubnet({ vpc: 'vpc-1' })))).toEqual([
      'narrowing targets.Hit.parameters.vpc (fixable)',
    ]);
    const mended = importTemplate(cutSubnet({ vpc: 'vpc-1', availabilityZoneIdentifier: 'a' }), {
      fix: true,
    });
    expect(afterIn(mended)).toMatchObject({
      targets: { Hit: { parameters: { availabilityZoneIdentifier: 'a' } } },
    });
    expect(refusedIn(importTemplate(cutSubnet({ availabilityZoneIdentifier: 'a,b' })))).toEqual([
      'narrowing targets.Hit.parameters.availabilityZoneIdentifier (fixable)',
    ]);
    expect(refusedIn(importTemplate(cutSubnet({ vpc: [] })))).toEqual(['broken targets.Hit.parameters.vpc']);
    const unknown = importTemplate(cutSubnet({ color: 'red' }));
    expect(fateOf(unknown, 'targets.Hit.parameters.color')).toContain('no such parameter');
  });

  it('is asked for where FIS needs a zone', () => {
    const result = importTemplate(
      withAction(
        'aws:elasticache:replicationgroup-interrupt-az-power',
        { duration: 'PT5M' },
        {
          key: 'ReplicationGroups',
          value: {
            resourceType: 'aws:elasticache:replicationgroup',
            resourceTags: { Service: 'cache', Env: 'staging' },
          },
        },
      ),
    );
    expect(decidedIn(result)['faults.Act.selector']).toContain('availabilityZone');
  });

  it('is lost only where it is asked for, and then shown', () => {
    const filters = [
      { path: 'State.Name', values: ['running'] },
      { path: 'VpcId', values: ['vpc-1'] },
      { path: 'Placement.AvailabilityZone', values: ['a', 'b'] },
    ];
    const refused = importTemplate(withFilters(filters));
    expect(refusedIn(refused)).toEqual([
      'narrowing targets.Hit.filters.1 (fixable)',
      'narrowing targets.Hit.filters.2 (fixable)',
    ]);
    expect(fateOf(refused, 'targets.Hit.filters.0.path')).toContain('approximated');
    const mended = importTemplate(withFilters(filters), { fix: true });
    expect(afterIn(mended)).toMatchObject({ targets: { Hit: { filters: [filters[0]] } } });
    const all = importTemplate(withFilters(filters.slice(1)), { fix: true });
    expect(JSON.stringify(afterIn(all))).not.toContain('filters');
    expect(JSON.parse(all.mended?.before ?? '')).toMatchObject({
      targets: { Hit: { filters: filters.slice(1) } },
    });
  });

  it.each([
    ['filters', 'x', 'broken targets.Tasks.filters'],
    ['filters', [{ path: 'a' }], 'broken targets.Tasks.filters.0'],
    ['parameters', 'x', 'broken targets.Tasks.parameters'],
    ['resourceType', undefined, 'broken targets.Tasks'],
    ['resourceType', 'aws:ec2:instance', 'broken targets.Tasks.resourceType'],
    ['resourceType', 'aws:other', 'broken targets.Tasks.resourceType'],
    ['selectionMode', undefined, 'broken targets.Tasks'],
    ['selectionMode', 'SOME', 'parameter targets.Tasks.selectionMode'],
    ['selectionMode', 'PERCENT(0)', 'parameter targets.Tasks.selectionMode'],
    ['selectionMode', 'COUNT(0)', 'parameter targets.Tasks.selectionMode'],
  ])('is refused where %s is %j', (name, value, refused) => {
    expect(refusedIn(importTemplate(withTarget({ [name]: value })))).toContain(refused);
  });

  it('may be empty', () => {
    const result = importTemplate(withTarget({ filters: [], parameters: {} }));
    expect(refusedIn(result)).toEqual([]);
    expect(fateOf(result, 'targets.Tasks.filters')).toContain('mapped');
  });
});

describe('the share of a target', () => {
  it.each([
    ['ALL', '100%'],
    ['PERCENT(7)', '7%'],
    ['COUNT(1)', 'one'],
    ['COUNT(3)', 'one'],
  ])('%s is %s', (selectionMode, share) => {
    const result = importTemplate(withTarget({ selectionMode }));
    expect(definitionIn(result).stages[0]?.share).toBe(share);
  });

  it('is asked for where it is a number of targets', () => {
    const result = importTemplate(withTarget({ selectionMode: 'COUNT(3)' }));
    expect(decidedIn(result)['stages.0.share']).toContain('3 targets');
    expect(fateOf(result, 'targets.Tasks.selectionMode')).toContain('approximated');
  });
});

describe('a target that', () => {
  it('no action hits is left out', () => {
    const result = importTemplate(
      templateWith({ targets: { ...stopTasks.targets, Other: { resourceType: 'aws:ec2:instance' } } }),
    );
    expect(refusedIn(result)).toEqual([]);
    expect(fateOf(result, 'targets.Other.resourceType')).toBe('refused: no action hits it');
  });

  it.each([
    ['is not there', {}, 'broken actions.Stop.targets.Tasks'],
    ['is no map', { Tasks: 'x' }, 'broken targets.Tasks'],
    ['is in no map', 'x', 'broken targets'],
  ])('%s is refused', (_, targets, refused) => {
    expect(refusedIn(importTemplate(templateWith({ targets })))).toContain(refused);
  });
});
