import { join } from 'node:path';
import { lab, useLab } from 'steadfast-chaos/testing';
import { describe, expect, it, vi } from 'vitest';
import { readApart } from '../../lib/testing/read-apart.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';

const labs = join(import.meta.dirname, '..', '..', 'experiments', 'labs');

describe('a lab that is asked for', () => {
  it.each<[string, Parameters<typeof lab>, RegExp]>([
    ['by an id that none has', ['shpo'], /there is no lab 'shpo' in .*labs/],
    ['by a file that is not there', ['none.yaml'], /the lab in .*none\.yaml cannot be used:\n/],
    [
      'by a definition that is none',
      [{ id: 'x', services: {}, guards: {} }],
      /guards: a lab without a guard/,
    ],
    [
      'with the environment of what has none',
      ['uncached-shop', { env: { control: {} } }],
      /env\.control: 'control' is no service/,
    ],
  ])('%s is refused in words', async (_what, given, message) => {
    await expect(lab(...given)).rejects.toThrow(message);
  });

  it('is read in a process of its own where a runner loads modules in its own way', async () => {
    expect(await readApart(join(labs, 'uncached-shop.ts'))).toMatchObject({
      definition: { id: 'uncached-shop', services: { control: { proxyControl: {} } } },
    });
    const broken = join(temporaryProject({ 'broken.json': '{"id":"broken"}' }), 'broken.json');
    expect(await readApart(broken)).toMatchObject({
      problems: [{ path: ['services'] }, { path: ['guards'] }],
    });
  });
});

describe('useLab', () => {
  it('needs hooks, handed over or global', () => {
    expect(() => useLab('shop')).toThrow('useLab found no hooks');
    const [beforeAll, afterAll] = [vi.fn(), vi.fn()];
    vi.stubGlobal('beforeAll', beforeAll);
    vi.stubGlobal('afterAll', afterAll);
    try {
      expect(() => useLab('shop').urls).toThrow('the lab does not run');
      expect([beforeAll.mock.calls.length, afterAll.mock.calls.length]).toEqual([1, 1]);
      expect(beforeAll).toHaveBeenCalledWith(expect.any(Function), 120_000);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('ends a lab that is still being started when the tests are over', async () => {
    const hooks: (() => Promise<void>)[] = [];
    const keep = (hook: () => Promise<void>) => hooks.push(hook);
    useLab('uncached-shop', { before: keep, after: keep });
    const [begin, end] = hooks;
    const begun = expect(begin?.()).rejects.toMatchObject({ code: 'interrupted' });
    await end?.();
    await begun;
  });
});
