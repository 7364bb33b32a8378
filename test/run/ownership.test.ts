import { describe, expect, it } from 'vitest';
import type { TargetQuery } from '../../lib/plan/runner-input.ts';
import { fits, knownTarget, listedFaults, trespass } from '../../lib/run/ownership.ts';

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
const tags = { Env: 'staging' };
const selects: readonly TargetQuery[] = [{ fault: 'slow', resourceType: 'aws:ecs:task', tags }];
const input = {
  environment,
  owns: { clusters: ['shop-staging*'] },
  untouchable: ['*/payments/*'],
  selects: [...selects],
};
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
    ['that names no account', target('arn:aws:rds:eu-west-1::db:orders'), 'not in 111122223333'],
    [
      'of a fault that selects nothing',
      { fault: 'other', id: arn('task/shop-staging/abc'), tags },
      "a target of 'other', which selects nothing",
    ],
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
    const inLab = { environment: lab, owns: {}, untouchable: [], selects: [...selects] };
    expect(trespass(target('shop-1', { Env: 'lab' }), inLab)).toBeUndefined();
    expect(trespass(target('shop-1', { Env: 'staging' }), inLab)).toContain('environment tag');
  });

  it('must have a name that the lab owns, where it owns some, and none that it never touches', () => {
    const lab = { id: 'lab', production: false, tag: { key: 'Env', value: 'lab' } };
    const inLab = {
      environment: lab,
      owns: { names: ['shop-*', 'cart-1'] },
      untouchable: ['*-9'],
      selects: [...selects],
    };
    expect(trespass(target('shop-2', { Env: 'lab' }), inLab)).toBeUndefined();
    expect(trespass(target('shop-9', { Env: 'lab' }), inLab)).toBe('shop-9 is declared untouchable');
    expect(trespass(target('production-2', { Env: 'lab' }), inLab)).toBe(
      'production-2 carries the tag Env=lab, but has no name that lab owns (shop-*, cart-1)',
    );
  });
});

describe('a cluster, or what lies in one', () => {
  const eks = (resource: string) => `arn:aws:eks:eu-west-1:111122223333:${resource}`;

  it.each([
    [arn('cluster/shop-staging'), undefined],
    [eks('cluster/shop-staging'), undefined],
    [eks('nodegroup/shop-staging/blue/1-2-3'), undefined],
    [arn('cluster/shop-production'), 'is in cluster shop-production'],
    [eks('nodegroup/shop-production/blue/1-2-3'), 'is in cluster shop-production'],
  ])('is owned by its name: %s', (id, reason) => {
    const found = trespass(target(id), input);
    if (reason === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(reason);
  });
});

describe('what must be declared beside carrying the tag', () => {
  const stream = (name: string) => `arn:aws:kinesis:eu-west-1:111122223333:stream/${name}`;
  const declaring = (declared: readonly string[]) => ({
    ...input,
    owns: {},
    selects: [{ fault: 'slow', resourceType: 'aws:kinesis:stream', tags, declared: [...declared] }],
  });

  it('may be touched where it is declared, by ARN or by pattern', () => {
    expect(trespass(target(stream('orders')), declaring([stream('orders')]))).toBeUndefined();
    expect(trespass(target(stream('orders-2')), declaring([stream('orders-*')]))).toBeUndefined();
  });

  it('may not be touched where it only carries the tag, nor where it is only declared', () => {
    expect(trespass(target(stream('payments')), declaring([stream('orders')]))).toMatch(
      /carries the tag, but staging does not declare it.*: declare it in the resources of its service/,
    );
    expect(trespass(target(stream('orders'), {}), declaring([stream('orders')]))).toContain(
      'does not carry the environment tag',
    );
  });
});

describe('a bucket, whose ARN says no account', () => {
  const bucket = 'arn:aws:s3:::orders-staging';
  const selecting = (declared?: readonly string[], owns: { names?: string[] } = {}) => ({
    ...input,
    owns,
    selects: [
      {
        fault: 'slow',
        resourceType: 'aws:s3:bucket',
        tags,
        ...(declared === undefined ? {} : { declared: [...declared] }),
      },
    ],
  });

  it.each([
    ['is declared', selecting([bucket])],
    ['is owned by its name', selecting(undefined, { names: ['orders-*'] })],
    [
      'is owned by its name beside others that are declared',
      selecting(['arn:aws:s3:::x'], { names: ['orders-*'] }),
    ],
  ])('may be touched where it carries the tag and %s', (_, fenced) => {
    expect(trespass(target(bucket), fenced)).toBeUndefined();
    expect(trespass(target(bucket, {}), fenced)).toContain('does not carry the environment tag');
  });

  it('may not be touched otherwise, whatever its tag', () => {
    expect(trespass(target(bucket), selecting())).toContain('neither declares it nor owns it by name');
    expect(trespass(target(bucket), selecting(['arn:aws:s3:::other']))).toContain('neither declares it');
    const untouchable = { ...selecting([bucket]), untouchable: ['arn:aws:s3:::orders-*'] };
    expect(trespass(target(bucket), untouchable)).toContain('untouchable');
  });
});

describe('what FIS cannot select by tag', () => {
  const role = (name: string, account = '111122223333') => `arn:aws:iam::${account}:role/${name}`;
  const cluster = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';
  const fenced = {
    ...input,
    selects: [
      { fault: 'throttled', resourceType: 'aws:iam:role', arns: [role('shop'), role('x', '999999999999')] },
      { fault: 'gone', resourceType: 'aws:eks:pod', pods: { cluster, namespace: 'shop' } },
      ...selects,
    ],
  };
  const roleTarget = (id: string) => ({ fault: 'throttled', id, tags: {} });
  const pod = (id: string) => ({ fault: 'gone', id, tags: {} });

  it('may be touched by its declaration, without a tag or a Region', () => {
    expect(trespass(roleTarget(role('shop')), fenced)).toBeUndefined();
    expect(trespass(pod(`${cluster}/pod/shop/web-1`), fenced)).toBeUndefined();
  });

  it.each([
    [
      'a role that is not declared',
      roleTarget(role('payments')),
      'none of the aws:iam:role that are declared',
    ],
    ['a declared role of another account', roleTarget(role('x', '999999999999')), 'in account 999999999999'],
    ['a pod of another namespace', pod(`${cluster}/pod/payments/web-1`), 'no pod of the namespace shop'],
    [
      'a pod of another cluster',
      pod('arn:aws:eks:eu-west-1:111122223333:cluster/other/pod/shop/web-1'),
      'no pod',
    ],
    ['what hides another pod behind the namespace', pod(`${cluster}/pod/shop/x/pod/payments`), 'no pod'],
    ['a pod without a name', pod(`${cluster}/pod/shop/`), 'no pod'],
    ['a pod that FIS tells of otherwise', pod('namespace=shop,pod=web-1'), 'no pod'],
  ])('may not be %s', (_, found, reason) => {
    expect(trespass(found, fenced)).toContain(reason);
    expect(knownTarget(found, [found], fenced.selects)?.id).toBe(
      reason.startsWith('in account') ? found.id : undefined,
    );
  });

  it('may not be touched when it is untouchable', () => {
    const without = { ...fenced, untouchable: ['*:role/shop', '*/pod/shop/web-*'] };
    expect(trespass(roleTarget(role('shop')), without)).toContain('untouchable');
    expect(trespass(pod(`${cluster}/pod/shop/web-1`), without)).toContain('untouchable');
  });

  it('is known as it is, and the rest only as it is listed', () => {
    const [declared, web] = [roleTarget(role('shop')), pod(`${cluster}/pod/shop/web-1`)];
    expect(knownTarget(declared, [], fenced.selects)).toBe(declared);
    expect(knownTarget(web, [], fenced.selects)).toBe(web);
    const task = target(arn('task/shop-staging/abc'));
    expect(knownTarget({ ...task, tags: {} }, [task], fenced.selects)).toBe(task);
    expect(knownTarget(task, [], fenced.selects)).toBeUndefined();
    expect(listedFaults(fenced.selects)).toEqual(['throttled', 'slow']);
  });
});
