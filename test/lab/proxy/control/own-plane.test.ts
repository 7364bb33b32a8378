import { describe, expect, it } from 'vitest';
import type { Answer, Ask } from '../../../../lib/lab/proxy/control/answer.ts';
import { createBook } from '../../../../lib/lab/proxy/control/book.ts';
import { createControl } from '../../../../lib/lab/proxy/control/control-routes.ts';
import { cycleOf } from '../../../../lib/lab/proxy/control/cycles.ts';
import { createOwnPlane } from '../../../../lib/lab/proxy/control/own-plane.ts';
import { containing } from '../../../fakes/matching.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { FakeLink } from '../../fis/fake-lab.ts';
import { sequence } from '../../support/sequence.ts';

/** A control over proxies whose links carry nothing. */
function control(onSleep: (ms: number) => void = () => undefined) {
  const virtual = createVirtualClock({ auto: false });
  const clock = {
    now: () => virtual.now(),
    sleep: (ms: number, signal?: AbortSignal) => {
      onSleep(ms);
      return virtual.sleep(ms, signal);
    },
  };
  const links: FakeLink[] = [];
  const occupied = new Set<number>();
  const expired: string[] = [];
  const plane = createOwnPlane({
    openLink: async ({ listen, upstream }) => {
      if (occupied.has(listen?.port ?? 0))
        throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
      const link = Object.assign(new FakeLink(), listen, { upstream });
      links.push(link);
      return link;
    },
    randomOf: () => sequence(0.5),
    clock,
    onExpired: (proxy, toxic) => {
      if (toxic === undefined) book.forget(proxy);
      expired.push(toxic?.name ?? proxy);
    },
  });
  const book = createBook(plane, clock);
  const answer = createControl({ plane, book });
  const ask = async (method: string, path: string, body?: unknown): Promise<readonly [number, unknown]> => {
    const asked: Ask = { method, path, body: async () => JSON.stringify(body) ?? '' };
    const { status, body: text }: Answer = await answer(asked);
    return [status, text === undefined ? undefined : JSON.parse(text)];
  };
  return { ask, clock: virtual, links, expired, plane, occupy: (port: number) => void occupied.add(port) };
}

const database = { name: 'database', listen: '127.0.0.1:5433', upstream: '127.0.0.1:5432' };
const slow = { name: 'slow', type: 'latency', attributes: { latency: 300 } };
const toxics = '/proxies/database/toxics';

describe('a time to live', () => {
  it.each([
    [30, 30_000],
    ['30s', 30_000],
    [0.5, 500],
  ])('of a toxic, given as %j, takes it away, for a client that died', async (ttl, ttlMs) => {
    const { ask, clock, links, expired } = control();
    await ask('POST', '/proxies', database);
    const expiresAt = new Date(clock.now() + ttlMs).toISOString();
    expect(await ask('POST', toxics, { ...slow, ttl })).toMatchObject([
      200,
      { ttl: ttlMs / 1_000, expiresAt },
    ]);
    await clock.advance(ttlMs - 1);
    expect(await ask('GET', toxics)).toMatchObject([200, [{ name: 'slow' }]]);
    expect(links[0]?.toxics.size).toBe(1);
    await clock.advance(1);
    expect([links[0]?.toxics.size, expired]).toEqual([0, ['slow']]);
    expect(await ask('GET', toxics)).toEqual([200, []]);
    expect(await ask('DELETE', `${toxics}/slow`)).toMatchObject([404, {}]);
    expect(await ask('POST', toxics, slow)).toMatchObject([200, { name: 'slow' }]);
  });

  it('begins anew with an update that gives one, goes on with one that does not, and ends with 0', async () => {
    const { ask, clock, links } = control();
    await ask('POST', '/proxies', database);
    await ask('POST', toxics, { ...slow, ttl: 10 });
    await clock.advance(9_000);
    await ask('PATCH', `${toxics}/slow`, { ttl: 10 });
    await clock.advance(9_000);
    await ask('PATCH', `${toxics}/slow`, { attributes: { latency: 5 } });
    expect(links[0]?.toxics.size).toBe(1);
    await clock.advance(1_000);
    expect(links[0]?.toxics.size).toBe(0);
    await ask('POST', toxics, { ...slow, ttl: 10 });
    expect((await ask('PATCH', `${toxics}/slow`, { ttl: 0 }))[1]).not.toHaveProperty('ttl');
    await clock.advance(100_000);
    expect([links[0]?.toxics.size, clock.sleepers]).toEqual([1, 0]);
  });

  it('of a proxy takes it away with its toxics, unless a client renews it', async () => {
    const { ask, clock, links, expired } = control();
    expect(await ask('POST', '/proxies', { ...database, ttl: '1m', toxics: [slow] })).toMatchObject([
      201,
      { ttl: 60, toxics: [{ name: 'slow' }] },
    ]);
    await clock.advance(59_000);
    await ask('PATCH', '/proxies/database', { ttl: '1m' });
    await clock.advance(59_000);
    expect(await ask('GET', '/proxies/database')).toMatchObject([200, {}]);
    await clock.advance(1_000);
    expect([links[0]?.toxics.size, expired]).toEqual([0, ['database']]);
    expect(await ask('GET', '/proxies')).toEqual([200, {}]);
    await ask('POST', '/proxies', database);
    expect(await ask('GET', toxics)).toEqual([200, []]);
  });

  it('may be longer than a timer can wait', async () => {
    const slept: number[] = [];
    const { ask, clock, links } = control((ms) => slept.push(ms));
    await ask('POST', '/proxies', database);
    await ask('POST', toxics, { ...slow, ttl: '60d' });
    await clock.advance(60 * 86_400_000 - 1);
    expect(links[0]?.toxics.size).toBe(1);
    await clock.advance(1);
    expect(links[0]?.toxics.size).toBe(0);
    expect(Math.max(...slept)).toBeLessThan(2 ** 31);
  });

  it.each(['soon', -1, {}, '3 years', 1e12])('%j is none', async (ttl) => {
    const { ask } = control();
    await ask('POST', '/proxies', database);
    const refused = {
      error: containing('is no time to live'),
      hint: containing('30s'),
    };
    expect(await ask('POST', toxics, { ...slow, ttl })).toMatchObject([400, refused]);
    expect(await ask('POST', '/proxies', { ...database, name: 'other', ttl })).toMatchObject([400, refused]);
  });
});

describe('proxies of its own', () => {
  it('keep their toxics, in their order, while they are disabled or lead elsewhere', async () => {
    const { ask, links, plane } = control();
    await ask('POST', '/proxies', database);
    for (const name of ['one', 'two']) await ask('POST', toxics, { ...slow, name });
    await ask('PATCH', '/proxies/database', { enabled: false });
    await ask('POST', toxics, { ...slow, name: 'three' });
    await ask('PATCH', `${toxics}/one`, { attributes: { latency: 7 } });
    expect(links).toHaveLength(1);
    await ask('PATCH', '/proxies/database', { enabled: true, upstream: '127.0.0.1:9' });
    expect(links[1]?.seen).toHaveLength(3);
    expect(plane.placed().map(({ toxic }) => toxic.name)).toEqual(['one', 'two', 'three']);
    expect((await ask('GET', toxics))[1]).toMatchObject([{ attributes: { latency: 7 } }, {}, {}]);
  });

  it('keep their connections where a change only writes their addresses in another way', async () => {
    const { ask, links } = control();
    await ask('POST', '/proxies', database);
    const same = { listen: 'localhost:5433', upstream: 'localhost:5432', enabled: true };
    expect(await ask('POST', '/proxies/database', same)).toMatchObject([200, database]);
    await ask('POST', '/populate', [{ ...database, ...same }]);
    expect(links).toHaveLength(1);
    await ask('PATCH', '/proxies/database', { listen: ':5433' });
    expect(links).toHaveLength(2);
  });

  it('are populated with toxics, which take the place of those that are there; an empty list leaves them', async () => {
    const { ask, links } = control();
    const populated = await ask('POST', '/populate', [{ ...database, toxics: [slow] }]);
    expect(populated).toMatchObject([201, { proxies: [{ toxics: [{ name: 'slow' }] }] }]);
    await ask('POST', '/populate', [{ ...database, toxics: [] }]);
    await ask('POST', '/populate', [database]);
    expect([links.length, links[0]?.toxics.size]).toEqual([1, 1]);
    await ask('POST', '/populate', [{ ...database, toxics: [{ ...slow, name: 'slower' }] }]);
    expect((await ask('GET', toxics))[1]).toMatchObject([{ name: 'slower' }]);
    await ask('POST', '/populate', [{ ...database, upstream: '127.0.0.1:9' }]);
    expect([links.length, await ask('GET', toxics)]).toEqual([2, [200, []]]);
  });

  it('show the toxics of the way there first, then those of the way back, as Toxiproxy does', async () => {
    const { ask } = control();
    await ask('POST', '/proxies', database);
    await ask('POST', toxics, { ...slow, name: 'back' });
    await ask('POST', toxics, { ...slow, name: 'there', stream: 'Upstream' });
    expect((await ask('GET', toxics))[1]).toMatchObject([{ name: 'there' }, { name: 'back' }]);
  });

  it.each<[string, unknown, string]>([
    ['an upstream without a port', { upstream: 'database' }, 'missing port in address'],
    ['an upstream without a host', { upstream: ':5432' }, 'missing host or port'],
    ['an upstream that is the proxy itself', { upstream: 'localhost:5433' }, 'a cycle: database -> database'],
    [
      'an enabling that is neither',
      { enabled: 'yes' },
      'cannot unmarshal string into Go struct field Proxy.enabled',
    ],
    ['a toxicity that is no number', { toxics: [{ type: 'latency', toxicity: 'x' }] }, 'of type float32'],
    [
      'attributes that are no object',
      { toxics: [{ type: 'latency', attributes: 5 }] },
      'ToxicWrapper.attributes',
    ],
    ['a toxic that is no object', { toxics: [5] }, 'cannot unmarshal number into Go value'],
    ['toxics that are no list', { toxics: {} }, 'toxics: is no list'],
    ['a toxic of no type', { toxics: [{ type: 'slow' }] }, 'invalid toxic type'],
    ['two toxics of one name', { toxics: [slow, slow] }, 'toxic already exists: slow'],
    [
      'a slicer that would cut pieces of nothing',
      { toxics: [{ type: 'slicer' }] },
      'attributes.average_size',
    ],
  ])('refuse %s, and open nothing', async (_what, wrong, error) => {
    const { ask, links } = control();
    const refused = await ask('POST', '/proxies', { ...database, ...Object(wrong) });
    expect(refused).toMatchObject([400, { error: containing(error) }]);
    expect([links.length, await ask('GET', '/proxies')]).toEqual([0, [200, {}]]);
  });

  it('refuse a way that comes back to where it began over another proxy', async () => {
    const { ask } = control();
    await ask('POST', '/proxies', { ...database, upstream: '127.0.0.1:5434' });
    const back = { name: 'cache', listen: '127.0.0.1:5434', upstream: 'localhost:5433' };
    expect(await ask('POST', '/proxies', back)).toMatchObject([
      400,
      { error: containing('a cycle: cache -> database -> cache'), hint: containing('') },
    ]);
    expect(await ask('POST', '/proxies', { ...back, listen: '127.0.0.1:5435' })).toMatchObject([201, {}]);
    expect(await ask('PATCH', '/proxies/cache', { listen: '127.0.0.1:5434' })).toMatchObject([400, {}]);
  });

  it('leads into a ring of others, which is their fault and not its own', async () => {
    const ring = [
      { name: 'one', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' },
      { name: 'two', listen: '127.0.0.1:2', upstream: '127.0.0.1:1' },
    ];
    expect(cycleOf({ ...database, upstream: '127.0.0.1:1' }, ring)).toBeUndefined();
    expect(cycleOf({ name: 'one', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }, ring)).toEqual([
      'one',
      'two',
      'one',
    ]);
  });

  it('says of a listen address that is none what Go says', async () => {
    const { ask } = control();
    const refused = (error: string) => [500, { error, status: 500 }];
    expect(await ask('POST', '/proxies', { ...database, listen: 'x' })).toEqual(
      refused('listen tcp: address x: missing port in address'),
    );
    expect(await ask('POST', '/proxies', { ...database, listen: 'x:99999' })).toEqual(
      refused('listen tcp: address x:99999: invalid port'),
    );
  });

  it('are reset as far as can be where one of them cannot listen any more: no toxic stays', async () => {
    const { ask, links, occupy } = control();
    await ask('POST', '/proxies', { ...database, enabled: false });
    const cache = { name: 'cache', listen: '127.0.0.1:6380', upstream: '127.0.0.1:6379' };
    await ask('POST', '/proxies', cache);
    await ask('POST', '/proxies/cache/toxics', slow);
    await ask('POST', '/proxies', { name: 'queue', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' });
    await ask('PATCH', '/proxies/queue', { enabled: false });
    occupy(5433);
    expect(await ask('POST', '/reset')).toMatchObject([
      500,
      { error: containing('127.0.0.1:5433: bind: address already in use') },
    ]);
    expect(links[0]?.toxics.size).toBe(0);
    expect(await ask('GET', '/proxies')).toMatchObject([
      200,
      { cache: { toxics: [] }, database: { enabled: false }, queue: { enabled: true } },
    ]);
  });

  it('stay, disabled and without their toxics, where populate leads them to an address that is taken', async () => {
    const { ask, links, occupy } = control();
    await ask('POST', '/populate', [{ ...database, toxics: [slow] }]);
    occupy(5434);
    expect(await ask('POST', '/populate', [{ ...database, listen: '127.0.0.1:5434' }])).toMatchObject([
      500,
      { proxies: null },
    ]);
    expect(await ask('GET', '/proxies/database')).toMatchObject([200, { enabled: false, toxics: [] }]);
    expect(await ask('POST', '/populate', [database])).toMatchObject([201, { proxies: [{ enabled: true }] }]);
    expect(links.at(-1)?.toxics.size).toBe(0);
  });

  it('populates from null as from an empty list', async () => {
    expect(await control().ask('POST', '/populate', null)).toEqual([201, { proxies: null }]);
  });

  it('takes each of two that come at once by its turn: one is made, one is refused', async () => {
    const { ask, links } = control();
    const both = await Promise.all([ask('POST', '/proxies', database), ask('POST', '/proxies', database)]);
    expect(both.map(([status]) => status)).toEqual([201, 409]);
    expect(links).toHaveLength(1);
  });
});
