import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asking,
  experiment,
  fieldAt,
  importing,
  placeholder,
  probeOf,
  probing,
  provider,
  questions,
} from './importing.ts';

describe('a secret', () => {
  const inUrl = (secret: string) => `https://me:${secret}@shop/products?page=2&api_key=${secret}#${secret}`;

  it('becomes a name that an environment declares, wherever it stands', () => {
    const result = asking(
      { url: inUrl('hunter2000'), headers: { Cookie: 'hunter2000', 'X-Auth': placeholder('key') } },
      {},
      { secrets: { shop: { key: 'hunter2000' } } },
    );
    expect(probeOf(result)).toMatchObject({
      http: {
        path: '/products?page=2',
        headers: {
          Authorization: { secret: 'shop-authorization' },
          Cookie: { secret: 'shop-cookie' },
          'X-Auth': { secret: 'key' },
        },
      },
    });
    expect(questions(result)).toMatch(/where the secret 'key' is/);
    expect(questions(result)).toMatch(/the URL held a secret/);
    expect(JSON.stringify(result)).not.toContain('hunter2000');
  });

  it('is left out of paths that hold one, as those of webhooks', () => {
    const result = asking({ url: 'https://shop/services/T0AB12CD3EF45GH67IJ89/send' });
    expect(probeOf(result)).toMatchObject({ http: { path: '/services/send' } });
    const named = asking(
      { url: `https://shop/${placeholder('token')}/x` },
      {},
      { secrets: { shop: { token: 'abcdefgh' } } },
    );
    expect(probeOf(named)).toMatchObject({ http: { path: '//x' } });
  });

  it('is in no query and no body', () => {
    const result = asking({ arguments: { password: 'hunter2000' } });
    expect(probeOf(result)).toMatchObject({ http: { path: '/products' } });
    expect(fieldAt(result, `${provider}.arguments.password`).outcome).toBe('refused');
    const numbered = asking({ arguments: { token: 123_456 } });
    expect(fieldAt(numbered, `${provider}.arguments.token`).outcome).toBe('refused');
    const plain = asking({
      url: 'https://shop/products?keyword=shoes&author=bob',
      arguments: { monkeys: 3 },
    });
    expect(probeOf(plain)).toMatchObject({ http: { path: '/products?keyword=shoes&author=bob&monkeys=3' } });
  });

  it('is known by what it holds in headers that are not well known', () => {
    const headers = {
      'User-Agent': 'chaostoolkit/1.45',
      'X-Shop': 'k7Qcanary',
      'X-Tenant': 'acme42',
      'X-Day': '2026-12-01',
    };
    expect(probeOf(asking({ headers }))).toMatchObject({
      http: { headers: { ...headers, 'X-Shop': { secret: 'shop-x-shop' } } },
    });
    expect(probeOf(asking({ headers: { 'User-Agent': 'Bearer abcdefgh' } }))).toMatchObject({
      http: { headers: { 'User-Agent': { secret: 'shop-user-agent' } } },
    });
    expect(JSON.stringify(asking({ headers: { 'X-Key': 'of' }, arguments: { of: 'often' } }))).toContain(
      'often',
    );
  });

  it('that is a word of the definition keeps anything from being made', () => {
    const result = importing({ ...experiment(), secrets: { group: { name: 'shop' } } });
    expect(result.definitions).toEqual([]);
    expect(result.refusals.map(({ code }) => code)).toEqual(['secret-in-the-way']);
  });

  const canary = 'k7QcanaryZ9x4';
  const places: readonly ((secret: string) => object)[] = [
    (secret) => ({ secrets: { group: { name: secret } } }),
    (secret) => ({ secrets: { group: secret } }),
    (secret) => ({ secrets: { group: { name: { type: 'env', key: 'NAME', default: secret } } } }),
    (secret) => ({ secrets: { group: { name: { type: 'vault', path: 'a/b', key: 'c', token: secret } } } }),
    (secret) => ({ secrets: { group: { name: [secret, { deep: secret }] } } }),
    (secret) => ({ configuration: { api_token: secret } }),
    (secret) => ({ configuration: { api_token: { type: 'env', key: 'T', default: secret } } }),
    (secret) => ({ configuration: { base: `https://me:${secret}@shop` } }),
    (secret) => probing({}, { url: inUrl(secret) }),
    (secret) =>
      probing({}, { url: `https://shop/${placeholder('name')}?q=${placeholder('name')}` }) && {
        secrets: { g: { name: secret } },
      },
    (secret) => probing({}, { headers: { Authorization: `Bearer ${secret}` } }),
    (secret) =>
      probing({}, { url: `https://shop/x?page=${secret}-${secret}&b=${encodeURIComponent(`${secret}/1`)}` }),
    (secret) =>
      probing(
        {},
        {
          headers: { 'X-Whatever': secret, 'X-Api-Key': secret, 'x-session': secret, Cookie: `a=${secret}` },
        },
      ),
    (secret) => probing({}, { arguments: { password: secret } }),
    (secret) => probing({ tolerance: { type: 'jsonpath', target: 'body', path: '$.token', expect: secret } }),
    (secret) => ({
      rollbacks: [{ type: 'action', name: 'undo', provider: { type: 'http', url: inUrl(secret) } }],
    }),
    (secret) => ({
      rollbacks: [
        {
          type: 'action',
          name: 'undo',
          provider: { type: 'process', path: 'undo', arguments: { '--token': secret } },
        },
      ],
    }),
    (secret) => ({
      controls: [
        {
          name: 'c',
          provider: { type: 'python', module: 'm', secrets: [], arguments: { password: secret } },
        },
      ],
    }),
    (secret) => ({
      secrets: { g: { name: secret } },
      title: `About ${secret}`,
      description: `It is ${secret}.`,
      tags: [secret],
      [secret]: secret,
    }),
  ];

  it('comes out nowhere, wherever it is put', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.boolean(), fc.boolean(), (place, inStaging, isUsed) => {
        const document = {
          ...experiment(isUsed ? { description: `With ${placeholder('name')}.` } : {}),
          ...place(canary),
        };
        const result = importing(document, inStaging ? { environment: 'staging' } : {});
        expect(JSON.stringify(result)).not.toContain(canary);
      }),
      { numRuns: 100 },
    );
  });
});
