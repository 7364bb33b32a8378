import { describe, expect, it } from 'vitest';
import { selectTargets } from '../../../lib/lab/fis/select-targets.ts';
import type { Replica } from '../../../lib/lab/running-lab.ts';
import type { FisTarget, FisTemplate } from '../../../lib/plan/fis-template.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

const { lab } = fakeLab();

const tagged = (given: Partial<FisTarget> = {}): FisTarget => ({
  resourceType: 'aws:ec2:instance',
  resourceTags: { Service: 'shop' },
  selectionMode: 'ALL',
  ...given,
});

/** What is hit of the shop by a template with one target, and one action on it. */
function hit(
  target: FisTarget,
  actionId = 'aws:ec2:stop-instances',
  replicas: readonly Replica[] = lab.replicas,
) {
  const template: FisTemplate = {
    description: 'a template',
    targets: { it: target },
    actions: { act: { actionId, parameters: {}, targets: { Instances: 'it' } } },
    stopOn: [],
    durationMs: 0,
  };
  return (selectTargets(template, { ...lab, replicas }, sequence(0)).get('it') ?? []).map(({ id }) => id);
}

describe('what runs alone is hit', () => {
  it('leaves out a replica that does not run', () => {
    const replicas = lab.replicas.map((one) => (one.id === 'shop-2' ? { ...one, alive: false } : one));
    expect(hit(tagged(), undefined, replicas)).toEqual(['shop-1', 'shop-3', 'shop-4']);
  });

  it.each([
    ['running', 4],
    ['stopped', 0],
  ])('a filter for what is %s finds %i', (state, count) => {
    const found = () => hit(tagged({ filters: [{ path: 'State.Name', values: ['pending', state] }] }));
    if (count === 0) expect(found).toThrow('has State.Name=pending|stopped');
    else expect(found()).toHaveLength(count);
  });

  it('a filter on what no resource has finds nothing', () => {
    const filters = [{ path: 'VpcId', values: ['vpc-1'] }];
    expect(() => hit(tagged({ filters }))).toThrow(/empty set.* has VpcId=vpc-1/);
  });

  it('a type that FIS does not have is not in the lab', () => {
    expect(() => hit(tagged({ resourceType: 'aws:shop:counter' }))).toThrow(
      'the lab has no resources of type aws:shop:counter',
    );
  });
});

describe('FIS’s quota of targets', () => {
  const many = lab.replicas
    .filter(({ service }) => service === 'shop')
    .slice(0, 1)
    .flatMap((one) => Array.from({ length: 301 }, (_, nth): Replica => ({ ...one, id: `shop-${nth}` })));

  it('is kept where targets are found by what they carry', () => {
    expect(() => hit(tagged(), 'aws:ec2:stop-instances', many)).not.toThrow();
    expect(() => hit(tagged(), 'aws:ec2:terminate-instances', many)).toThrow('would hit 301');
    expect(hit(tagged({ selectionMode: 'COUNT(300)' }), 'aws:ec2:terminate-instances', many)).toHaveLength(
      300,
    );
  });
});
