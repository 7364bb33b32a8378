import { describe, expect, it } from 'vitest';
import { fits, trespass } from '../../lib/run/ownership.ts';

describe('a pattern', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shops', false],
    ['shop', 'a-shop', false],
    ['shop-*', 'shop-staging', true],
    ['shop-*', 'shop-', true],
    ['*shop*', 'arn:aws:ecs:eu-west-1:1:task/shop/1', true],
    ['task/*/shop-*', 'task/staging/shop-1', true],
    ['*', '', true],
    ['a.c', 'abc', false],
    ['a+', 'aa', false],
    ['(a|b)', 'a', false],
    ['[ab]', 'a', false],
    ['a?', 'a', false],
    ['$a^', '$a^', true],
    ['a\\d', 'a1', false],
    ['', '', true],
    ['', 'a', false],
  ])("'%s' fits '%s': %s", (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });
});

const environment = {
  id: 'staging',
  production: false,
  tag: { key: 'Env', value: 'staging' },
  account: '111122223333',
  region: 'eu-west-1',
};
const input = { environment, owns: { clusters: ['shop-staging*'] }, untouchable: ['*/payments/*'] };
const arn = (resource: string, account = '111122223333', region = 'eu-west-1') =>
  `arn:aws:ecs:${region}:${account}:${resource}`;
const target = (id: string, tags: Record<string, string> = { Env: 'staging' }) => ({
  fault: 'slow',
  id,
  tags,
});

describe('a resource that a selector found', () => {
  it('may be touched when it carries the tag and lies in what the environment owns', () => {
    expect(trespass(target(arn('task/shop-staging/abc')), input)).toBeUndefined();
    expect(trespass(target(arn('task/shop-staging-2/abc')), input)).toBeUndefined();
  });

  it.each([
    ['without the tag', target(arn('task/shop-staging/abc'), {}), 'does not carry the environment tag'],
    [
      "with another environment's tag",
      target(arn('task/shop-staging/abc'), { Env: 'production' }),
      'it has production',
    ],
    ['with the tag in another case', target(arn('task/shop-staging/abc'), { env: 'staging' }), 'it has none'],
    ['in another cluster, though it wears the tag', target(arn('task/shop-production/abc')), 'does not own'],
    ['of the old form, which names no cluster', target(arn('task/abc')), 'does not say which cluster'],
    ['in another account', target(arn('task/shop-staging/abc', '999999999999')), 'not in 111122223333'],
    [
      'in another Region',
      target(arn('task/shop-staging/abc', '111122223333', 'us-east-1')),
      'not in eu-west-1',
    ],
    ['that names no account', target('arn:aws:s3:::bucket'), 'not in 111122223333'],
    ['that has no ARN', target('shop-1'), 'is no ARN'],
  ])('may not be touched %s', (_what, found, reason) => {
    expect(trespass(found, input)).toContain(reason);
  });

  it('may not be touched when it is untouchable, whoever owns it', () => {
    const owning = { ...input, owns: { clusters: ['payments'] } };
    expect(trespass(target(arn('task/payments/abc')), owning)).toContain('untouchable');
  });

  it('must have a name that the environment owns, where it declares names', () => {
    const named = { ...input, owns: { names: ['task/shop-staging/*'] } };
    expect(trespass(target(arn('task/shop-staging/abc')), named)).toBeUndefined();
    expect(trespass(target(arn('task/orders-staging/abc')), named)).toContain('has no name');
  });

  it('is owned in nothing where the environment declares an empty list', () => {
    expect(trespass(target(arn('task/shop-staging/abc')), { ...input, owns: { clusters: [] } })).toContain(
      'does not own',
    );
  });

  it('needs no ARN in a lab, but its tag', () => {
    const lab = { id: 'lab', production: false, tag: { key: 'Env', value: 'lab' } };
    const inLab = { environment: lab, owns: {}, untouchable: [] };
    expect(trespass(target('shop-1', { Env: 'lab' }), inLab)).toBeUndefined();
    expect(trespass(target('shop-1', { Env: 'staging' }), inLab)).toContain('environment tag');
  });
});
