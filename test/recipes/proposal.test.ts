import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { proposalsFor } from '../../lib/recipes/proposal.ts';
import { environmentTarget, labTarget, slowDatabase, stopTasks } from '../plan/examples.ts';
import { richStaging, shop, untestedShop } from './examples.ts';

const proposed = (service: string, project = untestedShop) =>
  (proposalsFor(service, project) ?? []).map(({ recipe, service: on }) => `${recipe.id} ${on}`);

describe('what could be broken about a service', () => {
  it('is what it is made of, its links, and what the services that it uses are made of', () => {
    expect(proposed('shop')).toEqual([
      'slow-dependency shop',
      'slow-dependency shop',
      'half-the-tasks shop',
      'lossy-dependency shop',
      'lossy-dependency shop',
      'zone-power shop',
      'cut-zone shop',
      'spot-interruption shop',
      'database-failover database',
      'zone-power database',
      'zone-power cache',
      'cache-without-zone cache',
    ]);
  });

  it('is the links that lead to it, too', () => {
    expect(proposed('database')).toEqual([
      'database-failover database',
      'zone-power database',
      'slow-dependency shop',
      'lossy-dependency shop',
    ]);
  });

  it('is proposed untested things first, with the experiments that test the others', () => {
    const proposals = proposalsFor('shop', shop) ?? [];
    expect(proposals.at(-1)).toMatchObject({
      recipe: { id: 'slow-dependency' },
      breakage: { what: 'its link to database, slow' },
      testedBy: ['slow-database'],
    });
    expect(proposals.slice(0, -1).every(({ testedBy }) => testedBy.length === 0)).toBe(true);
  });

  it('counts an experiment on another service or action as no test', () => {
    const onlyStops = { ...untestedShop, experiments: [experimentSchema.parse(stopTasks)] };
    const tested = (proposalsFor('shop', onlyStops) ?? []).filter(({ testedBy }) => testedBy.length > 0);
    expect(tested.map(({ recipe, testedBy }) => [recipe.id, testedBy])).toEqual([
      ['half-the-tasks', ['stop-tasks']],
    ]);
  });

  it('is nothing where tags could be worn by anything and nobody says by what', () => {
    const bare = environmentTarget({
      ...richStaging,
      services: { shop: { tags: { Service: 'shop' }, url: 'https://shop.example.com' } },
    });
    expect(proposed('shop', { ...untestedShop, environments: [bare], labs: [] })).toEqual([]);
  });

  it('is each thing once, however services use each other', () => {
    const inCircles = labTarget({
      id: 'circle',
      services: {
        a: { command: ['a'], tags: { Service: 'a' }, uses: ['b'] },
        b: { command: ['b'], tags: { Service: 'b' }, uses: ['a'] },
      },
      guards: { none: { notRehearsable: 'it has none' } },
    });
    const project = { ...untestedShop, environments: [], labs: [inCircles] };
    const whats = (proposalsFor('a', project) ?? []).map(
      ({ service, breakage }) => `${service} ${breakage.what}`,
    );
    expect(new Set(whats).size).toBe(whats.length);
    expect(whats).toContain('b its link to a, slow');
  });

  it('is not known of a service that no environment and no lab has', () => {
    expect(proposalsFor('nobody', untestedShop)).toBeUndefined();
  });

  it('has zones in environments only', () => {
    expect(proposed('shop', { ...untestedShop, environments: [] })).toEqual([
      'slow-dependency shop',
      'half-the-tasks shop',
      'lossy-dependency shop',
      'database-failover database',
    ]);
    expect(slowDatabase.faults.slow.action).toBe('aws:ecs:task-network-latency');
  });
});
