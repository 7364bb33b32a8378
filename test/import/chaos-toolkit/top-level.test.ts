import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { importSource } from '../../../lib/import/import-source.ts';
import { labTarget, shopLab } from '../../plan/examples.ts';
import { shop as testedShop } from '../../recipes/examples.ts';
import {
  addLatency,
  definitionIn,
  experiment,
  fieldAt,
  importing,
  nowhere,
  placeholder,
  project,
  recognised,
} from './importing.ts';

const questions = (result: ReturnType<typeof importing>): string =>
  result.decisions.map(({ path, question }) => `${path.join('.')}: ${question}`).join('\n');

describe('what an experiment is about', () => {
  it('is told by its title and description, with tags and contributions', () => {
    const result = importing(
      experiment({
        title: `About ${placeholder('what')}`,
        configuration: { what: 'the shop' },
        tags: ['db', 7],
        contributions: { reliability: 'high', other: 3 },
      }),
    );
    expect(definitionIn(result)).toMatchObject({
      id: 'about-the-shop',
      title: 'About the shop',
      description: 'The shop answers from its cache. Tags: db. Contributes to: reliability high.',
    });
    const unfinished = importing(experiment({ description: 'It holds ', tags: ['db'] }));
    expect(definitionIn(unfinished).description).toBe('It holds. Tags: db.');
    expect(definitionIn(importing(experiment({ description: null, tags: ['db'] }))).description).toBe(
      'Tags: db.',
    );
    expect(fieldAt(result, 'tags.0').outcome).toBe('approximated');
    expect(fieldAt(result, 'tags.1').outcome).toBe('refused');
    expect(fieldAt(result, 'contributions.other').outcome).toBe('refused');
  });

  it('is asked for where it does not say so', () => {
    const result = importing(
      experiment({ title: 7, description: null, 'steady-state-hypothesis': { title: '', probes: 1 } }),
    );
    expect(definitionIn(result)).toMatchObject({
      id: 'imported-from-chaos-toolkit',
      title: 'Imported from Chaos Toolkit',
    });
    expect(definitionIn(result)).not.toHaveProperty('description');
    expect(questions(result)).toMatch(/^title: what the experiment is called/m);
    expect(questions(result)).toMatch(/^hypothesis: what is expected to hold/m);
    expect(questions(result)).toMatch(/^steadyState: what healthy looks like/m);
    expect(definitionIn(result).steadyState).toHaveProperty('answers');
    const open = importing(experiment({ title: placeholder('who') }));
    expect(questions(open)).toMatch(/^title: what the placeholders/m);
  });

  it('gives it an id of its own, of whole words', () => {
    const long = 'One word after another word after another until there are far too many of them';
    expect(definitionIn(importing(experiment({ title: long }))).id).toBe('one-word-after-another-word-after');
    expect(definitionIn(importing(experiment({ title: '404' }))).id).toBe('imported');
    expect(
      definitionIn(importing(experiment({ title: 'Slow database' }), { project: testedShop })),
    ).toMatchObject({
      id: 'slow-database-2',
      owner: 'team-shop',
    });
  });
});

describe('configuration', () => {
  it('is put in where it is named, and never read from the environment', () => {
    const configuration = {
      delay: { type: 'env', key: 'HOME', default: '200', env_var_type: 'int' },
      flag: { type: 'env', key: 'HOME', default: 'yes', env_var_type: 'bool' },
      odd: { type: 'env', key: 'HOME', default: 'x', env_var_type: 'float' },
      who: { type: 'env', key: 'HOME' },
      found: { type: 'probe', name: 'p', provider: { type: 'process', path: 'true' } },
      unused: 1,
      aws_region: 'eu-west-1',
      spare: 'shop',
    };
    const action = {
      ...addLatency,
      name: 'slow',
      provider: { ...addLatency.provider, arguments: { delay: placeholder('delay'), target: 'postgres' } },
    };
    const title = ['flag', 'odd', 'who', 'found', 'spare'].map(placeholder).join(' ');
    const result = importing(
      experiment({ title: `$$5 $spare $${'other'} ${title}`, configuration, method: [action] }),
    );
    expect(definitionIn(result).faults['slow']).toMatchObject({ parameters: { delay: '200ms' } });
    expect(definitionIn(result).title).toBe(
      `$5 shop $other true x ${placeholder('who')} ${placeholder('found')} shop`,
    );
    const outcomes = Object.keys(configuration).map((name) => {
      const [first] = result.fields.filter(({ path }) => path[1] === name);
      return [name, first?.outcome];
    });
    expect(Object.fromEntries(outcomes)).toEqual({
      delay: 'approximated',
      flag: 'approximated',
      odd: 'approximated',
      who: 'refused',
      found: 'refused',
      unused: 'refused',
      aws_region: 'refused',
      spare: 'mapped',
    });
    expect(JSON.stringify(result)).not.toContain(process.env['HOME'] ?? 'nothing');
    expect(fieldAt(result, 'configuration.aws_region').why).toMatch(/the environment says in which account/);
  });

  it('makes no text longer than any that people write', () => {
    const result = importing(
      experiment({ title: placeholder('long').repeat(50), configuration: { long: 'x'.repeat(20_000) } }),
    );
    expect(definitionIn(result).title.length).toBeLessThan(110_000);
  });

  it('that is a secret is a name only', () => {
    const result = importing(
      experiment({ configuration: { api_token: 'abcdefgh', db_password: { type: 'env', key: 'P' } } }),
    );
    expect(fieldAt(result, 'configuration.api_token').why).toMatch(/looks like a secret/);
    expect(fieldAt(result, 'configuration.db_password.key').why).toMatch(/looks like a secret/);
  });
});

describe('when it looks and rolls back', () => {
  it.each([
    ['hypothesis', 'continuously', 'mapped'],
    ['hypothesis', 'continously', 'mapped'],
    ['hypothesis', 'before-method-only', 'approximated'],
    ['hypothesis', 'skip', 'refused'],
    ['rollbacks', 'always', 'mapped'],
    ['rollbacks', 'default', 'approximated'],
    ['rollbacks', 'never', 'refused'],
  ])('is the same whatever the strategy: %s %s is %s', (half, strategy, outcome) => {
    const result = importing(experiment({ runtime: { [half]: { strategy } } }));
    expect(fieldAt(result, `runtime.${half}.strategy`).outcome).toBe(outcome);
  });
});

describe('where it runs', () => {
  const labs = (...ids: string[]) => ids.map((id) => labTarget({ ...shopLab, id }));

  it('is the lab called shop, else the only one', () => {
    expect(definitionIn(importing(experiment())).lab).toBe('shop');
    const only = importing(experiment(), { project: { ...project, labs: labs('stall') } });
    expect(definitionIn(only).lab).toBe('stall');
    expect(questions(only)).not.toMatch(/^lab: /m);
  });

  it('is asked where there are several, or none', () => {
    const several = importing(experiment(), { project: { ...project, labs: labs('stall', 'booth') } });
    expect(definitionIn(several).lab).toBe('stall');
    expect(questions(several)).toMatch(/^lab: in which lab/m);
    const none = importing(experiment(), { project: nowhere, map: { postgres: 'database' } });
    expect(definitionIn(none).lab).toBe('shop');
    expect(questions(none)).toMatch(/^lab: in which lab/m);
  });

  it('is what the command names', () => {
    const named = importing(experiment(), {
      project: { ...project, labs: labs('stall', 'booth') },
      lab: 'booth',
      environment: 'staging',
    });
    expect(definitionIn(named)).toMatchObject({ lab: 'booth', environments: { staging: {} } });
    expect(questions(named)).not.toMatch(/^lab: /m);
    const deployed = importing(experiment(), { project: { ...project, labs: [] }, environment: 'staging' });
    expect(definitionIn(deployed)).not.toHaveProperty('lab');
    expect(experimentSchema.parse(definitionIn(deployed)).environments).toHaveProperty('staging');
  });
});

describe('what can be made of nothing', () => {
  it('is refused with what is missing', () => {
    const codes = (document: unknown, options: Parameters<typeof importing>[1] = {}) =>
      importing(document, options).refusals.map(({ code }) => code);
    expect(codes({ method: [] })).toEqual(['no-fault']);
    expect(codes(experiment({ method: 'x' }))).toEqual(['no-fault']);
    expect(codes({ method: [addLatency] }, { project: nowhere, map: { postgres: 'database' } })).toEqual([
      'no-steady-state',
    ]);
    expect(codes(['a'])).toEqual(['no-experiment']);
    expect(importing(['a']).fields).toMatchObject([{ outcome: 'refused' }]);
  });

  it('is no experiment of Chaos Toolkit to begin with', () => {
    expect(recognised({ method: [] })).toBe('chaos-toolkit');
    expect(recognised({ 'steady-state-hypothesis': {} })).toBe('chaos-toolkit');
    expect(recognised({ method: 'GET' })).toBeUndefined();
    expect(recognised({ apiVersion: 'v1', method: [] })).not.toBe('chaos-toolkit');
  });
});

it('several experiments of a file become as many definitions', () => {
  const text = [experiment(), experiment(), { title: 'x', method: [] }].map((one) => JSON.stringify(one));
  const read = (parts: readonly string[]) =>
    importSource('all.yaml', new TextEncoder().encode(parts.join('\n---\n')), {
      project,
      map: {},
      fix: false,
    });
  const two = read(text.slice(0, 2));
  expect(two.definitions.map(({ definition }) => definition.id)).toEqual([
    'a-slow-database',
    'a-slow-database-2',
  ]);
  expect(two.notes).toEqual([...new Set(two.notes)]);
  expect(read(text).definitions).toEqual([]);
});
