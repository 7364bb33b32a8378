import { describe, expect, it } from 'vitest';
import {
  afterIn,
  ambiguous,
  decidedIn,
  fateOf,
  importTemplate,
  refusedIn,
  selectorIn,
  withAction,
  withTarget,
} from './importing.ts';

const stopInstances = (resourceTags: object) =>
  withAction(
    'aws:ec2:stop-instances',
    { startInstancesAfterDuration: 'PT5M' },
    { key: 'Instances', value: { resourceType: 'aws:ec2:instance', resourceTags } },
  );

describe('tags of a target', () => {
  it('name the service that carries the most of them, and what is left narrows it', () => {
    const result = importTemplate(
      stopInstances({ Service: 'workers', Part: 'jobs', Size: 'large', Env: 'staging' }),
    );
    expect(selectorIn(result)).toEqual({ service: 'workers', tags: { Size: 'large' } });
    expect(fateOf(result, 'targets.Hit.resourceTags.Size')).toContain('selector.tags.Size');
  });

  it('may be mapped to a service by target, by value, or by key and value', () => {
    const unknown = withTarget({ resourceTags: { Service: 'store', Env: 'staging' } });
    for (const map of [{ Tasks: 'shop' }, { store: 'shop' }, { 'Service=store': 'shop' }]) {
      const result = importTemplate(unknown, { map });
      expect(selectorIn(result, 'Stop')).toEqual({ service: 'shop' });
      expect(result.notes).toHaveLength(1);
      expect(fateOf(result, 'targets.Tasks.resourceTags.Service')).toContain('the tags of the service count');
    }
    const result = importTemplate(unknown, { map: { store: 'shoop' } });
    expect(decidedIn(result)['faults.Stop.selector.service']).toContain("has no service 'shoop'");
  });

  it('give a service its name that has yet to be declared, with a snippet to copy', () => {
    const byKind = importTemplate(stopInstances({ Owner: 'a', 'team:app': "Bob's jobs", Env: 'staging' }));
    expect(selectorIn(byKind)).toEqual({ service: 'Bob-s-jobs', tags: { Owner: 'a' } });
    expect(decidedIn(byKind)['faults.Act.selector.service']).toContain(
      "services: { Bob-s-jobs: { tags: { 'team:app': 'Bob''s jobs' }, has: ['aws:ec2:instance'] } }",
    );
    const taken = importTemplate(withTarget({ resourceTags: { App: 'shop', Env: 'staging' } }));
    expect(selectorIn(taken, 'Stop')).toEqual({ service: 'shop-2' });
    const nameless = importTemplate(withTarget({ resourceTags: { App: '42', Env: 'staging' } }));
    expect(selectorIn(nameless, 'Stop')).toEqual({ tags: { App: '42' } });
  });

  it('that are of another environment are refused, and replaced where it is asked for', () => {
    const foreign = withTarget({ resourceTags: { Service: 'shop', Env: 'production' } });
    const refused = importTemplate(foreign);
    expect(refusedIn(refused)).toEqual(['foreign-environment targets.Tasks.resourceTags.Env (fixable)']);
    expect(refused.refusals[0]?.message).toContain("the tag of environment 'production'");
    const mended = importTemplate(foreign, { fix: true });
    expect(selectorIn(mended, 'Stop')).toEqual({ service: 'shop' });
    expect(afterIn(mended)).toMatchObject({
      targets: { Tasks: { resourceTags: { Service: 'shop', Env: 'staging' } } },
    });
    const strange = importTemplate(withTarget({ resourceTags: { Service: 'shop', Env: 'other' } }));
    expect(strange.refusals[0]?.message).toContain('an environment that the project does not know');
    const ofSandbox = importTemplate(
      withTarget({ resourceTags: { Service: 'shop', Stage: 'sandbox', Env: 'staging' } }),
      { project: ambiguous, environment: 'staging' },
    );
    expect(refusedIn(ofSandbox)).toEqual(['foreign-environment targets.Tasks.resourceTags.Stage (fixable)']);
  });

  it('that select everything are refused, unless the target is mapped to a service', () => {
    const wide = withTarget({ resourceTags: { Env: 'staging' } });
    const result = importTemplate(wide, { fix: true });
    expect(refusedIn(result)).toEqual(['selects-everything targets.Tasks.resourceTags']);
    const mapped = importTemplate(wide, { map: { Tasks: 'shop' } });
    expect(selectorIn(mapped, 'Stop')).toEqual({ service: 'shop' });
  });

  it('that are missing are refused twice: whose they are, and what they are', () => {
    const result = importTemplate(withTarget({ resourceTags: undefined }));
    expect(refusedIn(result)).toEqual([
      'no-environment-tag targets.Tasks (fixable)',
      'selects-everything targets.Tasks',
    ]);
    const empty = importTemplate(withTarget({ resourceTags: {} }), { fix: true });
    expect(refusedIn(empty)).toEqual(['selects-everything targets.Tasks.resourceTags']);
  });

  it.each([
    ['are no map', { resourceTags: 'Env' }, 'broken targets.Tasks.resourceTags'],
    ['have no texts', { resourceTags: { Env: ['staging'] } }, 'broken targets.Tasks.resourceTags.Env'],
    [
      'are empty',
      { resourceTags: { Env: 'staging', Other: '' } },
      'narrowing targets.Tasks.resourceTags.Other',
    ],
  ])('that %s are refused', (_, target, refused) => {
    expect(refusedIn(importTemplate(withTarget(target)))).toContain(refused);
  });
});

describe('tasks by their cluster and service', () => {
  const byService = (parameters: object) => withTarget({ resourceTags: { Env: 'staging' }, parameters });

  it('are the service that declares them', () => {
    const result = importTemplate(byService({ cluster: 'staging', service: 'shop' }));
    expect(selectorIn(result, 'Stop')).toEqual({ service: 'shop' });
    expect(fateOf(result, 'targets.Tasks.parameters.cluster')).toContain('mapped');
  });

  it('are a service to be declared where none does', () => {
    const result = importTemplate(
      byService({ cluster: 'arn:aws:ecs:eu-west-1:1:cluster/own', service: 'store' }),
    );
    expect(selectorIn(result, 'Stop')).toEqual({ service: 'store' });
    expect(decidedIn(result)['faults.Stop.selector.service']).toContain(
      'ecs: { cluster: own, service: store }',
    );
    const cluster = importTemplate(byService({ cluster: 'own' }));
    expect(decidedIn(cluster)['faults.Stop.selector.service']).toContain('service: SERVICE');
    const mapped = importTemplate(byService({ service: 'store' }), { map: { Tasks: 'shop' } });
    expect(fateOf(mapped, 'targets.Tasks.parameters.service')).toContain(
      "the service's own ECS service counts",
    );
  });

  it('are refused where another environment declares them', () => {
    const result = importTemplate(byService({ cluster: 'live', service: 'shop' }));
    expect(refusedIn(result)).toContain('foreign-environment targets.Tasks.parameters.cluster');
  });
});
