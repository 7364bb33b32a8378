import { connect } from 'node:net';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../../lib/lab/processes/free-ports.ts';
import { type ProxyServer, startProxyServer } from '../../../../lib/lab/proxy/control/proxy-server.ts';
import { systemClock } from '../../../../lib/probing/system-clock.ts';
import { seededRandom } from '../../../../lib/run/seeded-random.ts';
import { type Service, startService } from './service.ts';

let server: ProxyServer;
let service: Service;
let other: Service;
let client: Toxiproxy;
beforeAll(async () => {
  server = await startProxyServer({
    host: '127.0.0.1',
    port: 0,
    randomOf: () => seededRandom(1),
    clock: systemClock,
  });
  service = await startService('service');
  other = await startService('other');
  client = new Toxiproxy(server.url);
});
afterEach(async () => {
  for (const proxy of Object.values(await client.getAll())) await proxy.remove();
});
afterAll(async () => {
  await server.close();
  await service.close();
  await other.close();
});

const create = (name = 'service', listen = '127.0.0.1:0') =>
  client.createProxy({ name, listen, upstream: service.address });

const portOf = ({ listen }: { readonly listen: string }): number => Number(listen.split(':').at(-1));

interface Seen {
  readonly end: string;
  readonly text: string;
  readonly chunks: number;
  readonly ms: number;
}

/** Connects, sends a line, and sees what comes until the connection ends, or until a reply of `enough` bytes. */
const exchange = (port: number, line: string, enough = Number.POSITIVE_INFINITY) =>
  new Promise<Seen>((resolve) => {
    const fromMs = performance.now();
    let text = '';
    let chunks = 0;
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (end: string) => {
      socket.destroy();
      resolve({ end, text, chunks, ms: performance.now() - fromMs });
    };
    socket.on('connect', () => socket.write(line));
    socket.on('data', (bytes) => {
      text += bytes.toString();
      chunks += 1;
      if (text.length >= enough) done('enough');
    });
    socket.on('end', () => done('FIN'));
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
  });

type Kind =
  | 'latency'
  | 'bandwidth'
  | 'slow_close'
  | 'timeout'
  | 'slicer'
  | 'limit_data'
  | 'reset_peer'
  | 'down';

const toxic = (type: Kind, attributes: object) =>
  ({ name: type, type, stream: 'downstream', toxicity: 1, attributes }) as const;

describe('the client of Toxiproxy, unchanged', () => {
  it('asks the version, makes proxies, finds and removes them', async () => {
    expect(JSON.parse(await client.getVersion())).toEqual({ version: '2.12.0' });
    const proxy = await create();
    expect(await exchange(portOf(proxy), 'hello', 5)).toMatchObject({ end: 'enough', text: 'hello' });
    expect((await client.get('service')).toJson()).toMatchObject({ listen: proxy.listen, enabled: true });
    expect(Object.keys(await client.getAll())).toEqual(['service']);
    await expect(create()).rejects.toThrow('Request failed with status code 409');
    await proxy.remove();
    await expect(client.get('service')).rejects.toThrow('404');
    expect(await exchange(portOf(proxy), '')).toMatchObject({ end: 'ECONNREFUSED' });
  });

  it('populates, twice without a change, and with another upstream', async () => {
    const [port] = await freePorts(1);
    const listen = `127.0.0.1:${port}`;
    const body = { name: 'a', listen, upstream: service.address };
    const both = [body, { name: 'b', listen: '127.0.0.1:0', upstream: service.address, enabled: false }];
    expect(Object.keys(await client.populate(both))).toEqual(['a', 'b']);
    const toxics = await (await client.get('a')).addToxic(toxic('limit_data', { bytes: 3 }));
    expect(toxics.attributes).toEqual({ bytes: 3 });
    await client.populate([body]);
    expect(await exchange(port ?? 0, 'hello')).toMatchObject({ end: 'FIN', text: 'hel' });
    await client.populate([{ ...body, upstream: other.address }]);
    expect(await exchange(port ?? 0, 'who', 5)).toMatchObject({ text: 'other' });
  });

  it('disables and enables a proxy on the same port, and changes where it leads', async () => {
    const proxy = await create();
    const { listen } = proxy;
    const open = exchange(portOf(proxy), 'wait');
    await service.asked('wait');
    await proxy.update({ enabled: false, listen, upstream: service.address });
    expect(await open).toMatchObject({ end: 'FIN' });
    expect(await exchange(portOf(proxy), '')).toMatchObject({ end: 'ECONNREFUSED' });
    await proxy.update({ enabled: true, listen, upstream: other.address });
    expect(await exchange(portOf(proxy), 'who', 5)).toMatchObject({ text: 'other' });
    const moved = await proxy.update({ enabled: true, listen: '127.0.0.1:0', upstream: other.address });
    expect(moved.listen).not.toBe(listen);
    expect(await exchange(portOf(proxy), '')).toMatchObject({ end: 'ECONNREFUSED' });
    expect(await exchange(portOf(moved), 'who', 5)).toMatchObject({ text: 'other' });
  });

  it('changes, finds and removes a toxic, and resets them all', async () => {
    const proxy = await create();
    const placed = await proxy.addToxic(toxic('latency', { latency: 60, jitter: 0 }));
    expect((await exchange(portOf(proxy), 'hello', 5)).ms).toBeGreaterThanOrEqual(59);
    const changed = await placed.update({ ...placed.toJson(), attributes: { latency: 120 } });
    expect(changed.attributes).toEqual({ latency: 120, jitter: 0 });
    expect((await exchange(portOf(proxy), 'hello', 5)).ms).toBeGreaterThanOrEqual(119);
    expect((await proxy.getToxic('latency')).toJson()).toEqual(changed.toJson());
    await placed.remove();
    await expect(proxy.getToxic('latency')).rejects.toThrow('404');
    await proxy.addToxic(toxic('timeout', { timeout: 0 }));
    await proxy.update({ enabled: false, listen: proxy.listen, upstream: proxy.upstream });
    await client.reset();
    expect(await exchange(portOf(proxy), 'hello', 5)).toMatchObject({ end: 'enough', text: 'hello' });
    expect(server.toxics()).toEqual([]);
  });

  it.each<[Kind, object, string, object, number]>([
    ['bandwidth', { rate: 10 }, 'send 1000', { end: 'enough' }, 80],
    ['slow_close', { delay: 80 }, 'close', { end: 'FIN', text: 'bye' }, 79],
    ['timeout', { timeout: 60 }, 'hello', { end: 'FIN', text: '' }, 59],
    ['reset_peer', { timeout: 0 }, 'hello', { end: 'ECONNRESET' }, 0],
    ['limit_data', { bytes: 5 }, 'hello world', { end: 'FIN', text: 'hello' }, 0],
    ['slicer', { average_size: 100, size_variation: 0, delay: 1_000 }, 'send 1000', { end: 'enough' }, 8],
    ['down', {}, 'hello', { end: 'ECONNRESET' }, 0],
  ])('places %s, and it does what it says', async (type, attributes, line, seen, leastMs) => {
    const proxy = await create();
    await proxy.addToxic(toxic(type, attributes));
    const got = await exchange(portOf(proxy), line, 1_000);
    expect(got).toMatchObject(seen);
    expect(got.ms).toBeGreaterThanOrEqual(leastMs);
    expect(server.toxics().map(({ counters }) => counters.connections)).toEqual([1]);
  });
});
