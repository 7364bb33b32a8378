import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SteadfastError } from '../../../../lib/experiment/steadfast-error.ts';
import { createBook } from '../../../../lib/lab/proxy/control/book.ts';
import { createControlServer } from '../../../../lib/lab/proxy/control/control-server.ts';
import { createDataPlane } from '../../../../lib/lab/proxy/control/data-plane.ts';
import type { Plane } from '../../../../lib/lab/proxy/control/plane.ts';
import { createRemotePlane } from '../../../../lib/lab/proxy/control/remote-plane.ts';
import { serveDataPlane } from '../../../../lib/lab/proxy/control/serve-data-plane.ts';
import { containing } from '../../../fakes/matching.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { FakeLink } from '../../fis/fake-lab.ts';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

/** A data plane with one link, and controls that are started over it, as often as wanted. */
function laboratory() {
  const link = new FakeLink();
  const clock = createVirtualClock({ auto: false });
  const plane = createDataPlane(() => [{ id: 'shop-1', links: new Map([['database', link]]) }], clock);
  const startControl = async () => {
    const toPlane: ((message: unknown) => void)[] = [];
    const toControl: ((message: unknown) => void)[] = [];
    const post = (listeners: readonly ((message: unknown) => void)[], message: unknown) => {
      // Between processes everything is text.
      const told: unknown = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => {
        for (const listener of listeners) listener(told);
      });
    };
    serveDataPlane(
      {
        onMessage: (listener) => void toPlane.push(listener),
        send: (message) => post(toControl, message),
      },
      plane,
    );
    post(toPlane, { ready: { port: 1 } });
    const remote = createRemotePlane({
      send: (message) => post(toPlane, message),
      onMessage: (listener) => void toControl.push(listener),
    });
    const server = createControlServer({ plane: remote, book: createBook(remote, clock) });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ending.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return [response.status, response.headers.get('content-type'), await response.text()] as const;
    };
  };
  return { link, plane, startControl, clock };
}

const slow = { name: 'slow', type: 'latency', attributes: { latency: 300 } };
const toxics = '/proxies/shop-1-to-database/toxics';
const told =
  '{"attributes":{"latency":300,"jitter":0},"name":"slow","type":"latency","stream":"downstream","toxicity":1}';
const proxy = (withToxics: string) =>
  `{"name":"shop-1-to-database","listen":"127.0.0.1:1","upstream":"127.0.0.1:2","enabled":true,"Logger":{},"toxics":[${withToxics}]}`;
const json = 'application/json';
const version = 'application/json;charset=utf-8';
const text = 'text/plain; charset=utf-8';

describe('the control of the links', () => {
  it("lists them as Toxiproxy's proxies, with its version", async () => {
    const ask = await laboratory().startControl();
    expect(await ask('GET', '/version')).toEqual([200, version, '{"version": "2.12.0"}\n']);
    expect(await ask('GET', '/proxies')).toEqual([200, json, `{"shop-1-to-database":${proxy('')}}`]);
    expect(await ask('GET', '/proxies/shop-1-to-database')).toEqual([200, json, proxy('')]);
    expect(await ask('GET', toxics)).toEqual([200, json, '[]']);
  });

  it('adds a toxic to a link, shows it, and takes it away again by its name', async () => {
    const { link, plane, startControl } = laboratory();
    const ask = await startControl();
    expect(await ask('POST', toxics, slow)).toEqual([200, json, told]);
    expect(link.seen).toMatchObject([{ direction: 'downstream', toxicity: 1 }]);
    expect(plane.placed()).toMatchObject([{ proxy: 'shop-1-to-database', toxic: { name: 'slow' } }]);
    expect(await ask('GET', `${toxics}/slow`)).toEqual([200, json, told]);
    expect(await ask('GET', '/proxies/shop-1-to-database')).toEqual([200, json, proxy(told)]);
    expect(await ask('DELETE', `${toxics}/slow`)).toEqual([204, null, '']);
    expect([link.toxics.size, plane.placed()]).toEqual([0, []]);
    expect(await ask('DELETE', `${toxics}/slow`)).toEqual([
      404,
      text,
      '{"error":"toxic not found","status":404}\n',
    ]);
  });

  it("gives what is left out Toxiproxy's defaults, its name among them", async () => {
    const { link, startControl } = laboratory();
    const ask = await startControl();
    const sent = { type: 'latency', stream: 'upstream', attributes: { latency: 5, unknown: 1 } };
    expect(await ask('POST', toxics, sent)).toEqual([
      200,
      json,
      '{"attributes":{"latency":5,"jitter":0},"name":"latency_upstream","type":"latency","stream":"upstream","toxicity":1}',
    ]);
    expect(link.seen).toMatchObject([{ direction: 'upstream' }]);
  });

  it('takes each name once on a link, also while it is being added', async () => {
    const { link, startControl } = laboratory();
    const ask = await startControl();
    const both = await Promise.all([ask('POST', toxics, slow), ask('POST', toxics, slow)]);
    expect(both.map(([status]) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(link.toxics.size).toBe(1);
  });

  it('removes with a reset all that it was told to add', async () => {
    const { link, startControl } = laboratory();
    const ask = await startControl();
    await ask('POST', toxics, slow);
    await ask('POST', toxics, { ...slow, name: 'slower' });
    expect(await ask('POST', '/reset')).toEqual([204, null, '']);
    expect([link.toxics.size, await ask('GET', toxics)]).toEqual([0, [200, json, '[]']]);
  });

  it('has forgotten what it had added once it is started anew, while the links have not', async () => {
    const { link, plane, startControl } = laboratory();
    await (await startControl())('POST', toxics, slow);
    const ask = await startControl();
    expect(await ask('GET', toxics)).toEqual([200, json, '[]']);
    expect(await ask('POST', '/reset')).toEqual([204, null, '']);
    expect(await ask('DELETE', `${toxics}/slow`)).toContain(404);
    expect(link.toxics.size).toBe(1);
    expect(plane.placed()).toMatchObject([
      { proxy: 'shop-1-to-database', toxic: { name: 'slow' }, counters: { chunks: 3 } },
    ]);
  });

  it.each<[string, string, string, unknown, number, string]>([
    ['a page that is not there', 'GET', '/nope', undefined, 404, '404 page not found\n'],
    [
      'a path that is no text',
      'GET',
      '/proxies/%E0%A4%A',
      undefined,
      404,
      '{"error":"proxy not found","status":404}\n',
    ],
    ['another method', 'PUT', '/proxies', undefined, 405, ''],
    ['metrics, which the lab has itself', 'GET', '/metrics', undefined, 404, '404 page not found\n'],
  ])('refuses %s', async (_what, method, path, body, status, words) => {
    const ask = await laboratory().startControl();
    const [gotStatus, , gotWords] = await ask(method, path, body);
    expect([gotStatus, gotWords]).toEqual([status, words]);
  });

  it.each<[string, string, unknown?]>([
    ['POST', '/proxies', { name: 'mine', upstream: '127.0.0.1:1' }],
    ['PATCH', '/proxies/shop-1-to-database', { enabled: false }],
    ['POST', '/proxies/shop-1-to-database', { upstream: '127.0.0.1:1' }],
    ['DELETE', '/proxies/shop-1-to-database'],
    ['POST', '/populate', []],
  ])('says of %s %s that links are neither made, changed nor deleted', async (method, path, body) => {
    const ask = await laboratory().startControl();
    const [status, type, words] = await ask(method, path, body);
    expect([status, type]).toEqual([403, text]);
    expect(JSON.parse(words)).toEqual({
      error: "the proxies are a lab's links, which can be neither made, changed nor deleted",
      status: 403,
      hint: "add toxics to them ('down' cuts one off), or use 'steadfast proxy', whose proxies are your own",
    });
  });

  it('changes a toxic in place', async () => {
    const { link, startControl } = laboratory();
    const ask = await startControl();
    await ask('POST', toxics, slow);
    expect(await ask('PATCH', `${toxics}/slow`, { attributes: { jitter: 7 }, toxicity: 0.5 })).toEqual([
      200,
      json,
      '{"attributes":{"latency":300,"jitter":7},"name":"slow","type":"latency","stream":"downstream","toxicity":0.5}',
    ]);
    expect([link.toxics.size, link.seen.at(-1)]).toMatchObject([1, { toxicity: 0.5 }]);
  });

  it('ends a time to live also where the control that was told of it has been started anew', async () => {
    const { link, startControl, clock, plane } = laboratory();
    await (await startControl())('POST', toxics, { ...slow, ttl: '30s' });
    const ask = await startControl();
    await clock.advance(29_999);
    expect(link.toxics.size).toBe(1);
    await clock.advance(1);
    expect([link.toxics.size, plane.placed(), await ask('GET', toxics)]).toEqual([0, [], [200, json, '[]']]);
  });

  it('ends no time to live that goes on after the lab', async () => {
    const { startControl, clock, plane } = laboratory();
    await (await startControl())('POST', toxics, { ...slow, ttl: 30 });
    expect(clock.sleepers).toBe(1);
    plane.close();
    expect(clock.sleepers).toBe(0);
  });

  it('refuses a body that is more than it reads, and adds nothing', async () => {
    const { link, startControl } = laboratory();
    const ask = await startControl();
    expect(await ask('POST', toxics, { ...slow, name: 'x'.repeat(1_100_000) })).toEqual([
      413,
      text,
      containing('"error":"request body too large"'),
    ]);
    expect(link.seen).toEqual([]);
  });

  it('answers no browser', async () => {
    const ask = await laboratory().startControl();
    expect(await ask('POST', '/reset', undefined, { 'user-agent': 'Mozilla/5.0 (X11)' })).toEqual([
      403,
      text,
      'User agent not allowed\n',
    ]);
  });

  it('says of a link that went away in between that it is not there, and remembers nothing', async () => {
    const gone: Plane = {
      proxies: async () => [{ name: 'p', listen: '', upstream: '', enabled: true }],
      place: async () => {
        throw new SteadfastError('unknown-id', 'it went away');
      },
      update: async () => undefined,
      take: async () => undefined,
    };
    const book = createBook(gone, createVirtualClock());
    const server = createControlServer({ plane: gone, book });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ending.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/proxies/p/toxics`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(slow) });
    expect([response.status, await response.text()]).toEqual([
      404,
      '{"error":"proxy not found","status":404}\n',
    ]);
    expect(book.toxicsOf('p')).toEqual([]);
  });

  it('tells what went wrong in between', async () => {
    const broken: Plane = {
      proxies: async () => {
        throw new Error('nobody there');
      },
      place: async () => 1,
      update: async () => undefined,
      take: async () => undefined,
    };
    const server = createControlServer({ plane: broken, book: createBook(broken, createVirtualClock()) });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ending.push(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/proxies`);
    expect([response.status, await response.text()]).toEqual([
      500,
      '{"error":"nobody there","status":500}\n',
    ]);
  });
});

describe('the data plane', () => {
  it('refuses what is not there, over the channel too', async () => {
    const { plane } = laboratory();
    const toxic = { ...slow, attributes: { latency: 1 }, stream: 'downstream', toxicity: 1 };
    expect(() => plane.place('nope', toxic, 0)).toThrow("there is no link 'nope'");
    plane.take(77);
    const listeners: ((message: unknown) => void)[] = [];
    const remote = createRemotePlane({
      send: (message) => {
        const sent: ((message: unknown) => void)[] = [];
        serveDataPlane(
          {
            onMessage: (listener) => void sent.push(listener),
            send: (reply) => {
              for (const listener of listeners) listener(reply);
            },
          },
          plane,
        );
        for (const listener of sent) listener(message);
      },
      onMessage: (listener) => void listeners.push(listener),
    });
    await expect(remote.place('nope', toxic, 0)).rejects.toThrow("there is no link 'nope'");
  });
});
