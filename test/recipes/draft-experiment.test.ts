import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import { draftExperiment } from '../../lib/recipes/draft-experiment.ts';
import { type KnownProject, servicesOf, targetsOf } from '../../lib/recipes/known-project.ts';
import { type Proposal, proposalsFor } from '../../lib/recipes/proposal.ts';
import { environmentTarget, labTarget, shopLab, slowDatabase } from '../plan/examples.ts';
import { richStaging, shop, untestedShop } from './examples.ts';

function proposal(recipe: string, service: string, project: KnownProject = untestedShop): Proposal {
  const found = proposalsFor(service, project)?.find((one) => one.recipe.id === recipe);
  if (found === undefined) throw new Error(`${recipe} is not proposed for ${service}`);
  return found;
}

const everyProposal = servicesOf(untestedShop).flatMap(
  (service) => proposalsFor(service, untestedShop) ?? [],
);

describe('a drafted experiment', () => {
  it.each(everyProposal.map((one) => [`${one.service}: ${one.breakage.what}`, one] as const))(
    'can run wherever it says: %s',
    (_what, one) => {
      const drafted = experimentSchema.parse(draftExperiment(one, untestedShop));
      const places = [...Object.keys(drafted.environments ?? {}), drafted.lab];
      const targets = targetsOf(untestedShop).filter(({ id }) => places.includes(id));
      expect(targets.length).toBeGreaterThan(0);
      const wrong = targets.flatMap((target) => problemsOf(drafted, target));
      expect(wrong.filter(({ severity }) => severity !== 'note')).toEqual([]);
    },
  );

  it('asks the service where others ask it, and names the lab and the environments that can run it', () => {
    expect(draftExperiment(proposal('half-the-tasks', 'shop'), shop)).toMatchObject({
      id: 'half-of-shop',
      owner: 'team-shop',
      steadyState: { answers: { http: { service: 'shop', path: '/products' } } },
      faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
      lab: 'shop',
      environments: { staging: {} },
    });
  });

  it('has no lab where the lab has nothing that the fault could hit', () => {
    const drafted = draftExperiment(proposal('zone-power', 'database'), untestedShop);
    expect(drafted.lab).toBeUndefined();
    expect(drafted.environments).toEqual({ staging: {} });
  });

  it('leaves production out: people opt in to that', () => {
    const production = environmentTarget({ ...richStaging, id: 'production', production: true });
    const project = { ...untestedShop, environments: [...untestedShop.environments, production] };
    expect(draftExperiment(proposal('half-the-tasks', 'shop', project), project).environments).toEqual({
      staging: {},
    });
  });

  it('asks the nearest service that uses one which does not answer HTTP', () => {
    const drafted = draftExperiment(proposal('database-failover', 'database'), untestedShop);
    expect(drafted.steadyState).toMatchObject({ answers: { http: { service: 'shop' } } });
  });

  it("looks at a guard's metric where nothing that depends on the service answers", () => {
    const project = { ...untestedShop, environments: [environmentTarget(richStaging)], labs: [] };
    expect(draftExperiment(proposal('paused-replication', 'table', project), project).steadyState).toEqual({
      errorRate: { metric: 'errorRate', tolerances: { value: { below: 5 } } },
    });
  });

  it('is refused where nothing can be seen', () => {
    const silent = environmentTarget({
      ...richStaging,
      guards: { there: { alarm: 'alarm-of-production', watches: 'production' } },
    });
    const project = { ...untestedShop, environments: [silent], labs: [] };
    expect(() => draftExperiment(proposal('paused-replication', 'table', project), project)).toThrow(
      /nothing can be seen of the service 'table'/,
    );
  });

  it('is refused where only production could run it, or where the plan refuses it, with what is in the way', () => {
    const production = environmentTarget({ ...richStaging, production: true });
    const project = { ...untestedShop, environments: [production], labs: [] };
    expect(() => draftExperiment(proposal('half-the-tasks', 'shop', project), project)).toThrow(
      /no lab and no environment but production/,
    );
    const withoutHost = environmentTarget({
      ...richStaging,
      services: { ...richStaging.services, cache: { tags: { Service: 'cache' } } },
    });
    const other = { ...untestedShop, environments: [withoutHost], labs: [] };
    const toCache = proposalsFor('shop', other)?.find(({ breakage }) => breakage.what.includes('cache'));
    expect.assertions(3);
    try {
      if (toCache !== undefined) draftExperiment(toCache, other);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(SteadfastError);
      if (thrown instanceof SteadfastError)
        expect(thrown.problems.map(({ code }) => code)).toContain('no-host');
    }
  });

  it('takes an id that nobody has, of at most 40 characters', () => {
    const taken = { ...shop, experiments: [experimentSchema.parse({ ...slowDatabase, id: 'half-of-shop' })] };
    expect(draftExperiment(proposal('half-the-tasks', 'shop'), taken).id).toBe('half-of-shop-2');
    const long = 'a'.repeat(60);
    const lab = labTarget({
      ...shopLab,
      services: { ...shopLab.services, [long]: { command: ['node'], tags: {} } },
    });
    const project = { ...untestedShop, labs: [lab], environments: [] };
    expect(draftExperiment(proposal('half-the-tasks', long, project), project).id).toHaveLength(40);
  });

  it('takes the id that is asked for, and an owner of its own where the project has none', () => {
    const drafted = draftExperiment(proposal('half-the-tasks', 'shop'), untestedShop, 'my-first');
    expect([drafted.id, drafted.owner]).toEqual(['my-first', 'my-team']);
  });
});
