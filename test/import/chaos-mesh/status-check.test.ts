import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { containing } from '../../fakes/matching.ts';
import { definitionOf, fieldsOf, imported, manifest, refusedOf } from './examples.ts';
import { statusCheckSpec } from './published.ts';

const fault = manifest('PodChaos', { action: 'pod-kill' });

const check = (http: object = {}, spec: object = {}, name = 'health') =>
  stringify({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'StatusCheck',
    metadata: { name },
    spec: { ...statusCheckSpec, ...spec, http: { ...statusCheckSpec.http, ...http } },
  });

const probesWith = (text: string, map: Record<string, string> = {}) =>
  definitionOf(`${fault}\n---\n${text}`, { map, environment: 'staging' }).steadyState;

const fieldsWith = (text: string, map: Record<string, string> = {}) =>
  Object.fromEntries(
    imported(`${fault}\n---\n${text}`, { map, environment: 'staging' })
      .fields.filter(({ document }) => document === 1)
      .map((field) => [field.path.join('.'), field]),
  );

describe('a status check', () => {
  it('is a probe of the service that it asks', () => {
    expect(probesWith(check())).toEqual({
      health: {
        http: {
          service: 'checkout-service',
          path: '/health',
          method: 'POST',
          headers: { Accept: 'text/html, text/plain' },
          body: 'ping',
          expect: { status: [200, 201, 202, 203, 204] },
        },
        timeout: '2s',
        tolerances: { errorRate: { below: '1%', missedFor: '30s' } },
      },
    });
  });

  it('has the defaults of Chaos Mesh', () => {
    const text = check(
      { method: undefined, headers: undefined, criteria: { statusCode: '200' } },
      { timeoutSeconds: undefined, intervalSeconds: undefined, failureThreshold: undefined },
    );
    expect(probesWith(text)).toEqual({
      health: {
        http: { service: 'checkout-service', path: '/health', expect: { status: 200 } },
        timeout: '1s',
        tolerances: { errorRate: { below: '1%', missedFor: '30s' } },
      },
    });
    expect(fieldsWith(text)['spec.http.body']).toMatchObject({
      outcome: 'refused',
      why: 'GET carries no body',
    });
  });

  it('stays within what a probe can wait', () => {
    const text = check({}, { intervalSeconds: 80_000, failureThreshold: 9, timeoutSeconds: 1.5 });
    expect(probesWith(text)).toMatchObject({
      health: { timeout: '1s', tolerances: { errorRate: { missedFor: '86400s' } } },
    });
  });

  it.each([
    [
      'by a path below the URL of the service',
      'https://checkout.example.com/v1/a?b=c',
      {},
      'checkout-service',
      '/a?b=c',
      'mapped',
    ],
    [
      'by its name in the cluster',
      'http://checkout-service.shop-staging.svc:8080/ready',
      {},
      'checkout-service',
      '/ready',
      'approximated',
    ],
    [
      'by what a person says',
      'http://10.0.0.1:8080/ready',
      { '10.0.0.1:8080': 'shop' },
      'shop',
      '/ready',
      'approximated',
    ],
    [
      'by the host alone',
      'http://10.0.0.1:8080/ready',
      { '10.0.0.1': 'shop' },
      'shop',
      '/ready',
      'approximated',
    ],
  ])('finds its service %s', (_, url, map, service, path, outcome) => {
    expect(probesWith(check({ url }), map)).toMatchObject({ health: { http: { service, path } } });
    expect(fieldsWith(check({ url }), map)['spec.http.url']).toMatchObject({ outcome });
  });

  it.each([
    ['nobody here', 'http://elsewhere.example.com/'],
    ['no URL', 'health'],
    ['another protocol', 'ftp://checkout.example.com/v1/health'],
    ['a path beside that of the service', 'https://checkout.example.com/v2/health'],
  ])('that asks %s is named, and a probe is proposed instead', (_, url) => {
    expect(probesWith(check({ url }))).not.toHaveProperty('health');
    expect(fieldsWith(check({ url }))['spec.http.url']).toMatchObject({
      outcome: 'refused',
      why: containing('--map HOST=SERVICE'),
    });
  });

  it.each([
    ['200', 200],
    ['200-201', [200, 201]],
    [' 503 ', 503],
  ])('takes the status %s', (statusCode, status) => {
    expect(probesWith(check({ criteria: { statusCode } }))).toMatchObject({
      health: { http: { expect: { status } } },
    });
  });

  it.each(['abc', '999', '299-200', ''])('says that %j is no status', (statusCode) => {
    const text = check({ criteria: { statusCode } });
    expect(fieldsWith(text)['spec.http.criteria.statusCode']).toMatchObject({ outcome: 'refused' });
    expect(probesWith(text)).not.toHaveProperty('health.http.expect');
  });

  it('leaves out headers that are secrets or that HTTP cannot carry', () => {
    const headers = {
      Authorization: ['Basic abcdefghij'],
      'X Y': ['1'],
      'X-Note': ['caf\u20ac'],
      Accept: ['*/*'],
    };
    expect(probesWith(check({ headers }))).toMatchObject({
      health: { http: { headers: { Accept: '*/*' } } },
    });
    const fields = fieldsWith(check({ headers }));
    expect(fields['spec.http.headers.Authorization.0']).toMatchObject({
      outcome: 'refused',
      why: containing('{ secret:'),
    });
    expect(fields['spec.http.headers.Accept.0']).toMatchObject({ outcome: 'mapped' });
  });

  it.each([
    ['shop health!', 'shop-health-'],
    ['1st', 'check-1st'],
  ])('called %j is the probe %s', (name, probe) => {
    expect(Object.keys(probesWith(check({}, {}, name)))).toEqual([probe]);
  });

  it('alone breaks nothing, so nothing comes of it', () => {
    expect(refusedOf(check())).toEqual(['nothing-to-import ']);
    expect(fieldsOf(check())['spec.http.url']).toMatchObject({
      outcome: 'refused',
      why: containing('a check alone breaks nothing'),
    });
  });

  it('is asked about, since its limits are guessed', () => {
    expect(imported(`${fault}\n---\n${check()}`).decisions).toContainEqual({
      definition: 'it',
      path: ['steadyState'],
      question: 'is this all that users notice, and are these its limits?',
    });
  });
});
