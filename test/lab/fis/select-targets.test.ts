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
  selectTargets(template(target), lab.replicas, random)
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
      /no running replica carries Env=production/,
    ],
    ['a filter that nobody passes', { filters: [{ path: 'AvailabilityZone', values: ['a'] }] }, /empty set/],
    [
      'another type of resource',
      { resourceType: 'aws:ec2:instance' },
      /no resources of type aws:ec2:instance/,
    ],
    ['a selection mode that is none', { selectionMode: 'SOME' }, /'SOME' is no selection mode/],
  ])('fails for %s', (_what, target, message) => {
    expect(() => select(target)).toThrow(message);
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
