import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretsIn, withoutSecrets } from '../../lib/import/secret-values.ts';

describe('secrets of a source', () => {
  it('are known by their keys, in URLs and as bearer tokens', () => {
    const value = {
      password: 'p-1234',
      headers: { Authorization: 'Bearer b-12345678', Accept: 'text/html' },
      list: [{ api_key: ['k-1234', { inner: 5 }] }],
      url: 'https://user:u-1234@example.com/?token=t-1234&page=2',
      plain: 'token abc',
      tls: { secretName: 'shop-tls', secretNamespace: 'shop', privateKeyName: 'tls.key' },
      number: 12,
    };
    expect(secretsIn(value).toSorted()).toEqual(
      ['p-1234', 'Bearer b-12345678', 'b-12345678', 'k-1234', 'u-1234', 't-1234'].toSorted(),
    );
  });

  it('are taken out of texts and keys, the longest first; texts of three letters stay', () => {
    const value = { note: 'abcd abcdef abc', abcd: [1, null, 'x-abcdef'] };
    expect(withoutSecrets(value, ['abcd', 'abcdef', 'abc'])).toEqual({
      note: '(secret) (secret) abc',
      '(secret)': [1, null, 'x-(secret)'],
    });
    expect(withoutSecrets(value, ['abc'])).toBe(value);
  });

  it('are not looked for where their mark stands already, but for what is beside it', () => {
    const once = withoutSecrets('Bearer abcdefgh. More', secretsIn('Bearer abcdefgh. More'));
    expect(once).toBe('Bearer (secret) More');
    expect(withoutSecrets('Bearer (secret). More', secretsIn('Bearer (secret). More'))).toBe(
      'Bearer (secret). More',
    );
    expect(withoutSecrets('abcd(secret)efgh', ['abcd(secret)efgh'])).toBe('(secret)(secret)(secret)');
  });

  it('occur nowhere afterwards, whatever they are in', () => {
    const canary = fc.string({ minLength: 4, maxLength: 12 }).filter((text) => !'(secret)'.includes(text));
    fc.assert(
      fc.property(canary, fc.string(), fc.string(), (secret, before, after) => {
        const cleaned = withoutSecrets({ text: `${before}${secret}${after}` }, [secret]).text;
        expect(
          cleaned.replaceAll('(secret)', '').includes(secret) && !`${before}${after}`.includes(secret),
        ).toBe(false);
      }),
    );
  });
});
