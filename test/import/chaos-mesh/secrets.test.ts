import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { containing } from '../../fakes/matching.ts';
import { imported, manifest } from './examples.ts';
import { statusCheckSpec } from './published.ts';

const canary = 'c4n4ry-7f3a';

/** All that would be shown or written, on whatever way it ends. */
const shownOf = (text: string): string =>
  JSON.stringify([
    imported(text),
    imported(text, { fix: true }),
    imported(text, { environment: 'production' }),
  ]);

const http = (spec: object) => manifest('HTTPChaos', { target: 'Request', port: 80, abort: true, ...spec });

const foreign = manifest('PodChaos', { action: 'pod-kill' }).replace('shop-staging', 'production');

const check = (more: object) =>
  stringify({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'StatusCheck',
    metadata: { name: 'health' },
    spec: { ...statusCheckSpec, http: { ...statusCheckSpec.http, ...more } },
  });

describe('a secret of a manifest comes out nowhere', () => {
  it.each([
    ['in a header that selects requests', http({ request_headers: { Authorization: canary } })],
    ['in a cookie that is appended', http({ patch: { headers: [['Set-Cookie', canary]] } })],
    ['in a query that is appended', http({ patch: { queries: [['token', canary]] } })],
    ['in a header that is replaced', http({ replace: { headers: { 'X-Api-Key': canary } } })],
    [
      'in a body that is patched',
      http({ patch: { body: { type: 'JSON', value: `{"password":"${canary}"}` } } }),
    ],
    [
      'in the URL of a check',
      `${check({ url: `https://user:${canary}@checkout.example.com/v1/health` })}---\n${foreign}`,
    ],
    [
      'in the header of a check',
      `${check({ headers: { Authorization: [`Bearer ${canary}`] } })}---\n${manifest('PodChaos', { action: 'pod-kill' })}`,
    ],
    [
      'in the form of a check',
      `${check({ body: `user=me&password=${canary}` })}---\n${manifest('PodChaos', { action: 'pod-kill' })}`,
    ],
    [
      'in a Secret beside it, which would be shown as it is mended',
      `${stringify({ apiVersion: 'v1', kind: 'Secret', stringData: { 'shop.conf': canary, list: [canary] } })}---\n${foreign}`,
    ],
    [
      'in a variable of a container beside it',
      `${stringify({ kind: 'Pod', spec: { containers: [{ env: [{ name: 'DB_PASSWORD', value: canary }] }] } })}---\n${foreign}`,
    ],
    [
      'in an annotation',
      manifest(
        'PodChaos',
        { action: 'pod-kill' },
        { metadata: { name: 'it', annotations: { token: canary } } },
      ),
    ],
  ])('%s', (_, text) => {
    expect(text).toContain(canary);
    expect(shownOf(text)).not.toContain(canary);
  });
});

describe('a fault that needs a secret', () => {
  it('is refused: definitions are kept where many read them', () => {
    const text = http({ request_headers: { Authorization: canary } });
    expect(imported(text).refusals).toMatchObject([{ code: 'secret', path: ['spec'] }]);
  });

  it('is refused where the secret is a name that the definition needs as well', () => {
    const text = http({ request_headers: { Authorization: 'staging' } });
    expect(imported(text).refusals).toMatchObject([{ code: 'secret' }]);
  });

  it('is taken where it only names one', () => {
    const text = http({ tls: { secretName: 'shop-tls', secretNamespace: 'shop-staging' } });
    const { refusals, definitions } = imported(text);
    expect(refusals).toEqual([]);
    expect(definitions[0]?.text).toContain('secretName: shop-tls');
  });

  it('is refused where what it names lies in another namespace', () => {
    const text = http({ tls: { secretName: 'shop-tls', secretNamespace: 'production' } });
    expect(imported(text).refusals).toMatchObject([
      { code: 'not-planned', message: containing("names the namespace 'production'") },
    ]);
  });
});
