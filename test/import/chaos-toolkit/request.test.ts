import { describe, expect, it } from 'vitest';
import {
  asking,
  experiment,
  fieldAt,
  importing,
  nowhere,
  placeholder,
  probeOf,
  project,
  provider,
  questions,
} from './importing.ts';

describe('the service that a host is', () => {
  it.each([
    ['what --map says', 'https://api.example.com/x', { 'api.example.com': 'checkout' }, 'checkout', 'mapped'],
    ['what --map says with a port', 'http://api:8080/x', { 'api:8080': 'checkout' }, 'checkout', 'mapped'],
    ['the one of that name', 'https://shop.example.org/x', {}, 'shop', 'mapped'],
    [
      'the one that is asked at the path',
      'https://api.myapp.com/products?page=2',
      {},
      'shop',
      'approximated',
    ],
  ])('is %s', (_what, url, map, service, outcome) => {
    const result = asking({ url }, { map });
    expect(probeOf(result)).toMatchObject({ http: { service } });
    expect(fieldAt(result, `${provider}.url`).outcome).toBe(outcome);
    expect(result.notes.join('\n')).toContain(`is the service '${service}' here`);
  });

  it('is known by the host that an environment declares', () => {
    const [staging] = project.environments;
    expect(staging).toBeDefined();
    const result = asking({ url: 'https://shop.example.com:8443/x' }, { environment: 'staging' });
    expect(probeOf(result)).toMatchObject({ http: { service: 'shop', path: '/x' } });
    expect(fieldAt(result, `${provider}.url`).outcome).toBe('mapped');
  });

  it('is asked for where nothing speaks for one, with a proposal', () => {
    const result = asking({ url: 'https://api.example.com/nowhere' });
    expect(probeOf(result)).toMatchObject({ http: { service: 'shop' } });
    expect(questions(result)).toMatch(
      /which service api\.example\.com is here: --map api\.example\.com=SERVICE/,
    );
    const unknown = importing(experiment(), {
      project: nowhere,
      map: { 'api.example.com': 'no name', postgres: 'database' },
    });
    expect(probeOf(unknown)).toMatchObject({ http: { service: 'api' } });
    expect(questions(unknown)).toMatch(/which service api\.example\.com is here/);
  });

  it('is asked for where the host is put in at run time', () => {
    const result = asking({ url: `${placeholder('base')}/nowhere` });
    expect(probeOf(result)).toMatchObject({ http: { service: 'shop', path: '/nowhere' } });
    expect(questions(result)).toContain(`what ${placeholder('base')} of the URL stands for here`);
    expect(probeOf(asking({ url: placeholder('base') }))).toMatchObject({ http: { path: '/' } });
    expect(probeOf(asking({ url: '/products' }))).toMatchObject({
      http: { service: 'shop', path: '/products' },
    });
  });

  it('has what the configuration says put in', () => {
    const result = asking(
      { url: `${placeholder('base')}/products` },
      {},
      { configuration: { base: 'https://shop' } },
    );
    expect(probeOf(result)).toMatchObject({ http: { service: 'shop', path: '/products' } });
    expect(questions(result)).not.toMatch(/stands for here/);
  });
});

describe('a request', () => {
  it('is refused with the probe where it is none of HTTP', () => {
    for (const url of ['ftp://shop/x', '', 7, 'no url']) {
      const result = asking({ url });
      expect(fieldAt(result, `${provider}.url`)).toMatchObject({ outcome: 'refused' });
      expect(questions(result)).toMatch(/no probe of the source could be taken over/);
    }
    expect(fieldAt(asking({ method: 'TRACE' }), `${provider}.method`).outcome).toBe('refused');
  });

  it('has its arguments in the query of a GET, and in the body of a POST as its type says', () => {
    const args = { q: 'a b', n: [1, 2], o: { x: 1 } };
    expect(probeOf(asking({ url: 'https://shop/find?page=1', arguments: args }))).toMatchObject({
      http: { path: '/find?page=1&q=a%20b&n=1&n=2&o=%7B%22x%22%3A1%7D' },
    });
    const json = { method: 'post', headers: { 'Content-Type': 'application/json' }, arguments: { a: 1 } };
    expect(probeOf(asking(json))).toMatchObject({
      http: { method: 'POST', body: '{"a":1}', headers: { 'Content-Type': 'application/json' } },
    });
    expect(probeOf(asking({ method: 'PUT', arguments: { a: 1, b: 'x&y' } }))).toMatchObject({
      http: { method: 'PUT', body: 'a=1&b=x%26y' },
    });
    expect(probeOf(asking({ method: 'PUT', arguments: 'as it is' }))).toMatchObject({
      http: { body: 'as it is' },
    });
    expect(probeOf(asking({ arguments: 'word' }))).toMatchObject({ http: { path: '/products?word' } });
  });

  it('asks what its arguments are where they are put in at run time', () => {
    const result = asking({ arguments: { id: placeholder('id') } });
    expect(questions(result)).toMatch(/of its arguments stands for here/);
  });

  it('keeps plain headers, and neither a host nor what HTTP cannot carry', () => {
    const result = asking({
      headers: {
        Accept: 'text/html',
        Host: 'api.example.com',
        'X-Note': 'a\nb',
        'no name': 'x',
        'X-Tenant': placeholder('who'),
      },
    });
    expect(probeOf(result)).toMatchObject({ http: { headers: { Accept: 'text/html' } } });
    for (const name of ['Host', 'X-Note', 'no name'])
      expect(fieldAt(result, `${provider}.headers.${name}`).outcome).toBe('refused');
    expect(JSON.stringify(probeOf(result))).not.toContain('example');
    expect(questions(result)).toMatch(/stands for here/);
    expect(fieldAt(asking({ headers: {} }), `${provider}.headers`).outcome).toBe('mapped');
  });

  it('says what becomes of its other fields', () => {
    const result = asking({ verify_tls: false, max_retries: 3, secrets: ['shop'] });
    expect(fieldAt(result, `${provider}.verify_tls`)).toMatchObject({ outcome: 'refused' });
    expect(fieldAt(result, `${provider}.max_retries`)).toMatchObject({ outcome: 'refused' });
    expect(fieldAt(result, `${provider}.secrets.0`)).toMatchObject({ outcome: 'mapped' });
    expect(fieldAt(asking({ verify_tls: true }), `${provider}.verify_tls`)).toMatchObject({
      outcome: 'mapped',
    });
  });

  it.each([
    ['seconds', 2, '2s', '4s'],
    ['a fraction of one', 0.25, '250ms', '500ms'],
    ['both time-outs', [1, 2], '3s', '6s'],
    ['text', '90', '90s', '3m'],
  ])('takes a time-out of %s for the longest that an answer may take', (_what, timeout, below, waits) => {
    expect(probeOf(asking({ timeout }))).toMatchObject({ timeout: waits, tolerances: { p95: { below } } });
  });

  it.each([[-1], ['soon'], [[1, 2, 3]], [[]], [1e12]])('refuses the time-out %j', (timeout) => {
    const result = asking({ timeout });
    expect(probeOf(result)).not.toHaveProperty('timeout');
    const fields = result.fields.filter(({ path }) => path.join('.').startsWith(`${provider}.timeout`));
    expect(fields.map(({ outcome }) => outcome)).not.toContain('mapped');
  });
});
