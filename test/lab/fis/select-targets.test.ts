import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectTargets } from '../../../lib/lab/fis/select-targets.ts';
import type { FisTarget, FisTemplate } from '../../../lib/plan/fis-template.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

const template = (target: Partial<FisTarget>): FisTemplate => ({
  description: 'a template',
  targets: {
    slow: {
      resourceType: 'aws:ecs:task',
      resourceTags: { Env: 'lab', Service: 'shop' },
      selectionMode: 'ALL',
      ...target,
    },
  },
  actions: {},
  stopOn: [],
  durationMs: 0,
});

const { lab } = fakeLab();
const select = (target: Partial<FisTarget>, random = sequence(0)) =>
  selectTargets(template(target), lab, random)
    .get('slow')
    ?.map(({ id }) => id);

describe('selecting targets', () => {
  it('takes the replicas that carry all tags', () => {
    expect(select({})).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-4']);
    expect(select({ resourceTags: { Env: 'lab' } })).toHaveLength(5);
  });

  it.each([
    ['COUNT(1)', 1],
    ['COUNT(9)', 4],
    ['PERCENT(25)', 1],
    ['PERCENT(49)', 1],
    ['PERCENT(50)', 2],
    ['PERCENT(100)', 4],
  ])('reads %s of four as %i', (selectionMode, count) => {
    expect(select({ selectionMode })).toHaveLength(count);
  });

  it.each<[string, Partial<FisTarget>, RegExp]>([
    [
      'a percentage of less than one',
      { selectionMode: 'PERCENT(24)' },
      /PERCENT\(24\) of 4 is less than one/,
    ],
    [
      'tags that nobody carries',
      { resourceTags: { Env: 'production' } },
      /nothing of type aws:ecs:task that runs carries Env=production/,
    ],
    [
      'a filter that nobody passes',
      { filters: [{ path: 'AvailabilityZone', values: ['eu-west-1c'] }] },
      /carries Env=lab, Service=shop and has AvailabilityZone=eu-west-1c/,
    ],
    [
      'a type of resource that nothing plays',
      { resourceType: 'aws:kinesis:stream' },
      /no resources of type aws:kinesis:stream/,
    ],
    ['a parameter that no lab knows', { parameters: { vpc: 'vpc-1' } }, /does not know its parameter 'vpc'/],
    ['a selection mode that is none', { selectionMode: 'SOME' }, /'SOME' is no selection mode/],
  ])('fails for %s', (_what, target, message) => {
    expect(() => select(target)).toThrow(message);
  });

  it.each<[string, Partial<FisTarget>, readonly string[]]>([
    ['instances', { resourceType: 'aws:ec2:instance' }, ['shop-1', 'shop-2', 'shop-3', 'shop-4']],
    [
      'instances in a zone by their filter',
      {
        resourceType: 'aws:ec2:instance',
        filters: [{ path: 'Placement.AvailabilityZone', values: ['eu-west-1a'] }],
      },
      ['shop-1', 'shop-3'],
    ],
    [
      'tasks that pass all filters, by any of the values of each',
      {
        filters: [
          { path: 'AvailabilityZone', values: ['eu-west-1c', 'eu-west-1b'] },
          { path: 'Service', values: ['shop', 'other'] },
        ],
      },
      ['shop-2', 'shop-4'],
    ],
    ['a service as one Auto Scaling group', { resourceType: 'aws:ec2:autoscaling-group' }, ['shop']],
  ])('finds %s', (_what, target, ids) => {
    expect(select(target)).toEqual(ids);
  });

  it.each([
    ['deploymentName', 'shop', {}, ['shop-1', 'shop-2', 'shop-3', 'shop-4']],
    ['labelSelector', 'Service=shop,Env=lab', { availabilityZoneIdentifier: 'b' }, ['shop-2', 'shop-4']],
    ['podName', 'shop-3', { targetContainerName: 'app' }, ['shop-3']],
  ])('finds pods by %s in the namespace that the lab is', (selectorType, selectorValue, more, ids) => {
    const parameters = { clusterIdentifier: 'lab', namespace: 'lab', selectorType, selectorValue };
    const pods = (all: Readonly<Record<string, string>>) => {
      const target = { resourceType: 'aws:eks:pod', selectionMode: 'ALL', parameters: all };
      const whole = { ...template({}), targets: { slow: target } };
      return selectTargets(whole, lab, sequence(0))
        .get('slow')
        ?.map(({ id }) => id);
    };
    expect(pods({ ...parameters, ...more })).toEqual(ids);
    expect(() => pods({ ...parameters, namespace: 'another' })).toThrow(/empty set/);
  });

  it('takes roles by what declares them, and finds no other', () => {
    const role = (resourceArns: readonly string[]) => ({
      ...template({}),
      targets: { slow: { resourceType: 'aws:iam:role', selectionMode: 'ALL', resourceArns } },
    });
    const found = selectTargets(role(['shop']), lab, sequence(0)).get('slow') ?? [];
    expect(found.map(({ id, replicas }) => [id, replicas.length])).toEqual([['shop', 4]]);
    expect(() => selectTargets(role(['another']), lab, sequence(0))).toThrow(
      /there is no aws:iam:role another that runs/,
    );
  });

  it('leaves out a whole of which one replica wears another tag', () => {
    const replicas = lab.replicas.map((one) =>
      one.id === 'shop-2' ? { ...one, tags: { ...one.tags, Env: 'production' } } : one,
    );
    const group = template({ resourceType: 'aws:ec2:autoscaling-group' });
    expect(() => selectTargets(group, { ...lab, replicas }, sequence(0))).toThrow(/empty set/);
  });

  it('draws a sample without repeats, the same for the same random numbers', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (drawn, count) => {
          const selectionMode = `COUNT(${count})`;
          const ids = select({ selectionMode }, sequence(...drawn));
          expect(new Set(ids).size).toBe(count);
          expect(select({ selectionMode }, sequence(...drawn))).toEqual(ids);
        },
      ),
    );
  });
});
