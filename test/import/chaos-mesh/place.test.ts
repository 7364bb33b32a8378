import { describe, expect, it } from 'vitest';
import { containing, withFields } from '../../fakes/matching.ts';
import { environmentTarget } from '../../plan/examples.ts';
import {
  definitionOf,
  fieldsOf,
  imported,
  manifest,
  production,
  project,
  refusedOf,
  staging,
} from './examples.ts';

const kill = (selector: object, metadata: object = {}) =>
  JSON.stringify({
    ...JSON.parse(manifest('PodChaos', { action: 'pod-kill', selector })),
    metadata: { name: 'it', ...metadata },
  });

const selectorIn = (text: string, map: Record<string, string> = {}) => {
  const [fault] = Object.values(definitionOf(text, { map }).faults);
  return fault;
};

const deletesPodsOf = (service: string) => ({ action: 'aws:eks:pod-delete', selector: { service } });

const manifestWith = (service: string, selector: object) => ({
  action: 'aws:eks:inject-kubernetes-custom-resource',
  selector: { service },
  parameters: { spec: { selector } },
});

describe('the pods that are wanted', () => {
  it.each<[string, object, string]>([
    ['the same labels', { labelSelectors: { app: 'product-service' } }, 'product-service'],
    [
      'all of several labels',
      { labelSelectors: { tier: 'web', app: 'checkout-service' } },
      'checkout-service',
    ],
    [
      'an expression of one value',
      { expressionSelectors: [{ key: 'app', operator: 'In', values: ['product-service'] }] },
      'product-service',
    ],
    ['the one declared pod', { pods: { 'shop-staging': ['reports-0'] } }, 'reports'],
    [
      'the name of the service',
      { labelSelectors: { 'app.kubernetes.io/name': 'product-service' } },
      'product-service',
    ],
    ['the name of the declared deployment', { labelSelectors: { app: 'search-api' } }, 'search'],
    [
      'one of the declared labels, and the name',
      { labelSelectors: { app: 'checkout-service' } },
      'checkout-service',
    ],
  ])("are FIS's target by %s", (_, selector, service) => {
    expect(selectorIn(kill(selector))).toMatchObject(deletesPodsOf(service));
  });

  it('are told to be the declared ones where they only go by the same name', () => {
    const { 'spec.selector.labelSelectors.app': field } = fieldsOf(
      kill({ labelSelectors: { app: 'search-api' } }),
    );
    expect(field).toMatchObject({
      outcome: 'approximated',
      why: "the pods are those that 'staging' declares for 'search'",
    });
  });

  it.each<[string, object, object]>([
    ['more labels than are declared', { labelSelectors: { app: 'product-service', version: '2' } }, {}],
    ['an annotation', { labelSelectors: { app: 'product-service' }, annotationSelectors: { team: 'x' } }, {}],
    ['a node', { labelSelectors: { app: 'product-service' }, nodes: ['node-1'] }, {}],
    [
      'an expression of several values',
      {
        labelSelectors: { app: 'product-service' },
        expressionSelectors: [{ key: 'v', operator: 'In', values: ['1', '2'] }],
      },
      {},
    ],
    [
      'an expression without a key',
      {
        labelSelectors: { app: 'product-service' },
        expressionSelectors: [{ operator: 'In', values: ['1'] }],
      },
      {},
    ],
    [
      'names beside the labels',
      { labelSelectors: { app: 'product-service' }, pods: { 'shop-staging': ['p-0'] } },
      {},
    ],
  ])('stay narrower in a manifest by %s', (_, selector) => {
    expect(selectorIn(kill(selector))).toMatchObject(
      manifestWith('product-service', { ...selector, namespaces: ['shop-staging'] }),
    );
  });

  it('have the declared labels in a manifest where the names alone are the same', () => {
    const text = manifest('TimeChaos', {
      timeOffset: '1h',
      selector: { labelSelectors: { 'app.kubernetes.io/name': 'product-service' } },
    });
    expect(selectorIn(text)).toMatchObject(
      manifestWith('product-service', {
        namespaces: ['shop-staging'],
        labelSelectors: { app: 'product-service' },
      }),
    );
    expect(fieldsOf(text)['spec.selector.labelSelectors.app.kubernetes.io/name']).toMatchObject({
      outcome: 'approximated',
    });
  });

  it('lose the expression that named them, and keep those that narrow them', () => {
    const named = { key: 'k8s-app', operator: 'In', values: ['product-service'] };
    const narrowing = { key: 'version', operator: 'Exists' };
    const found = (...expressionSelectors: object[]) =>
      selectorIn(manifest('TimeChaos', { timeOffset: '1h', selector: { expressionSelectors } }));
    expect(found(named)).toMatchObject(
      manifestWith('product-service', { labelSelectors: { app: 'product-service' } }),
    );
    expect(found(named)).not.toHaveProperty('parameters.spec.selector.expressionSelectors');
    expect(found(named, narrowing)).toMatchObject(
      manifestWith('product-service', {
        labelSelectors: { app: 'product-service' },
        expressionSelectors: [narrowing],
      }),
    );
  });

  it('keep their labels in a manifest where a deployment is declared, and a person is asked', () => {
    const text = manifest('TimeChaos', {
      timeOffset: '1h',
      selector: { labelSelectors: { app: 'search-api' } },
    });
    expect(selectorIn(text)).toMatchObject(
      manifestWith('search', { namespaces: ['search-staging'], labelSelectors: { app: 'search-api' } }),
    );
    expect(imported(text).decisions.map(({ question }) => question)).toContain(
      "'staging' declares the pods of 'search' by search-api, not by labels: do these select them and nothing else?",
    );
  });

  it.each([
    ['a label', 'web-shop', 'product-service'],
    ['a key and its label', 'app=web-shop', 'product-service'],
    ['the resource', 'it', 'product-service'],
  ])('may be named by a person, by %s', (_, from, service) => {
    expect(selectorIn(kill({ labelSelectors: { app: 'web-shop' } }), { [from]: service })).toMatchObject(
      deletesPodsOf(service),
    );
  });

  it('may be named otherwise than they are called', () => {
    const text = kill({ labelSelectors: { app: 'product-service' } });
    expect(selectorIn(text, { 'product-service': 'search' })).toMatchObject(deletesPodsOf('search'));
  });
});

describe('pods that nothing declares', () => {
  it('are refused, with what would declare them', () => {
    const text = kill({ labelSelectors: { app: 'moon' } });
    expect(imported(text).refusals).toMatchObject([
      {
        code: 'not-declared',
        path: ['spec', 'selector'],
        message: 'production left aside, no environment declares these pods, and nothing else may be hit',
        hint: 'give a service of an environment eks: { cluster, namespace, pods: { label }, serviceAccount }, or say which service they are, as in --map moon=SERVICE',
      },
    ]);
    expect(imported(text, { environment: 'staging' }).refusals[0]).toMatchObject({
      message: "the environment 'staging' does not declare these pods, and nothing else may be hit",
    });
    expect(imported(text, { map: { moon: 'database' } }).refusals[0]?.message).toContain(
      "pods of the service 'database'",
    );
    expect(imported(text, { project: { ...project, environments: [] } }).refusals[0]?.hint).toContain(
      'steadfast init',
    );
  });

  it('are refused when they are only narrowed', () => {
    expect(refusedOf(kill({ nodes: ['node-1'] }))).toEqual(['not-declared spec.selector']);
  });
});

describe('the environment', () => {
  const sandbox = environmentTarget({ ...staging, id: 'sandbox' });
  const elsewhere = environmentTarget({
    ...staging,
    id: 'sandbox',
    services: {
      'product-service': { eks: { ...staging.services['product-service'].eks, namespace: 'sandbox' } },
    },
  });
  const text = kill({ namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } });

  it('is never production unless somebody says so', () => {
    const only = { project: { ...project, environments: [environmentTarget(production)] } };
    expect(refusedOf(text, only)).toEqual(['not-declared spec.selector']);
    const inProduction = text.replace('shop-staging', 'production');
    expect(definitionOf(inProduction, { ...only, environment: 'production' }).environments).toEqual({
      production: {},
    });
  });

  it('is asked for where several declare the pods', () => {
    const both = { project: { ...project, environments: [...project.environments, sandbox] } };
    expect(imported(text, both).refusals).toMatchObject([
      { code: 'which-environment', hint: 'name one, as in --env staging' },
    ]);
    const chosen = imported(text, { ...both, environment: 'sandbox' });
    expect(chosen.definitions[0]?.definition).toMatchObject({ environments: { sandbox: {} } });
    expect(chosen.decisions.map(({ path }) => path[0])).not.toContain('environments');
  });

  it('is told by the namespace where that is in one only', () => {
    const both = { project: { ...project, environments: [...project.environments, elsewhere] } };
    expect(definitionOf(text, both).environments).toEqual({ staging: {} });
    const there = text.replace('shop-staging', 'sandbox');
    expect(definitionOf(there, both).environments).toEqual({ sandbox: {} });
  });

  it('asks which service where the labels fit several', () => {
    const twins = environmentTarget({
      ...staging,
      services: { ...staging.services, twin: { eks: staging.services['product-service'].eks } },
    });
    const { refusals } = imported(text, { project: { ...project, environments: [twins] } });
    expect(refusals).toMatchObject([
      { code: 'which-service', hint: 'say which, as in --map it=product-service' },
    ]);
    expect(
      definitionOf(text, { project: { ...project, environments: [twins] }, map: { it: 'twin' } }).faults,
    ).toMatchObject({
      delete: { selector: { service: 'twin' } },
    });
  });

  it('goes beside the lab that is asked for', () => {
    expect(definitionOf(text, { lab: 'shop' })).toMatchObject({ lab: 'shop', environments: { staging: {} } });
  });

  it('proposes a probe where nothing is known to look at, and no guards where it has none of its own', () => {
    const bare = environmentTarget({
      ...staging,
      services: { 'product-service': { eks: staging.services['product-service'].eks } },
      guards: { watched: { alarm: 'production-errors', watches: 'production' } },
    });
    const options = { project: { ...project, environments: [bare] } };
    const definition = definitionOf(text, options);
    expect(definition.steadyState).toMatchObject({
      answers: { http: { service: 'product-service', path: '/' } },
    });
    expect(definition).not.toHaveProperty('guards');
    expect(imported(text, options).decisions).toContainEqual(
      withFields({
        path: [],
        question: containing('which alarms must end the fault?'),
      }),
    );
  });
});

describe('a namespace', () => {
  const labelSelectors = { app: 'product-service' };

  it('that the selector leaves open is the one of the resource', () => {
    expect(refusedOf(kill({ labelSelectors }, { namespace: 'chaos-testing' }))).toEqual([
      'foreign-namespace metadata.namespace',
    ]);
    expect(refusedOf(kill({ labelSelectors }, { namespace: 'shop-staging' }))).toEqual([]);
  });

  it('beside the declared one is refused as well', () => {
    expect(refusedOf(kill({ namespaces: ['shop-staging', 'kube-system'], labelSelectors }))).toEqual([
      'foreign-namespace spec.selector.namespaces.1',
    ]);
  });

  it('of single pods is refused, and nothing mends it', () => {
    const text = kill({ labelSelectors, pods: { production: ['p-0'] } });
    const [refusal] = imported(text, { fix: true }).refusals;
    expect(refusal).toMatchObject({
      code: 'foreign-namespace',
      path: ['spec', 'selector', 'pods', 'production'],
    });
    expect(refusal).not.toHaveProperty('fixable');
  });
});
