import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openLink } from '../../../../lib/lab/proxy/link.ts';
import { seededRandom } from '../../../../lib/run/seeded-random.ts';
import { fakeTimers } from '../../support/fake-timers.ts';
import { until } from '../../support/link-lab.ts';
import { open, readAll } from '../../support/sockets.ts';
import { toxic } from '../../support/toxic.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A shop behind a link, and a client that keeps one connection to it. */
async function shop() {
  const heard: string[] = [];
  const server = createServer((ask, answer) => {
    ask.resume().on('end', () => {
      heard.push(`${ask.method ?? ''} ${ask.url ?? ''}`);
      answer.end('from the shop');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const time = fakeTimers();
  const link = await openLink({
    upstream: { host: '127.0.0.1', port },
    random: seededRandom(3),
    timers: time.timers,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanUps.push(
    () => void server.close(),
    () => link.close(),
    () => agent.destroy(),
  );
  const ask = async (method: string, path: string, body = '', headers: Record<string, string> = {}) => {
    const asked = request({ agent, host: link.host, port: link.port, method, path, headers });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve).once('error', reject).end(body);
    });
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    return { status: answer.statusCode, text };
  };
  return { link, heard, ask, ...time };
}

describe('http_status', () => {
  it('answers the requests of its route itself, and leaves the connection to the others', async () => {
    const { link, heard, ask } = await shop();
    const placed = link.addToxic(
      toxic('http_status', { method: 'get', path: '/products/*', status: 429, body: 'slow down' }),
    );
    expect(await ask('GET', '/products/1?x=y')).toEqual({ status: 429, text: 'slow down' });
    expect(await ask('GET', '/products')).toEqual({ status: 200, text: 'from the shop' });
    expect((await ask('POST', '/products/1', 'a body')).status).toBe(200);
    expect((await ask('GET', '/products/1/reviews')).status).toBe(200);
    expect(heard).toEqual(['GET /products', 'POST /products/1', 'GET /products/1/reviews']);
    expect(link.counters().connections).toBe(1);
    // What went by as it was does not count as held back or swallowed.
    expect(placed.counters()).toMatchObject({ connections: 1, chunks: 1 });
    placed.remove();
    expect((await ask('GET', '/products/1')).status).toBe(200);
  });

  it.each(['taken away', 'changed'])(
    'answers amid a body when it is %s, and ends the connection, so that the service gets no half of a request',
    async (how) => {
      const { link, heard } = await shop();
      const placed = link.addToxic(toxic('http_status', { body: 'no' }));
      const socket = await open(link.port);
      cleanUps.push(() => void socket.destroy());
      const answer = readAll(socket);
      socket.write('POST / HTTP/1.1\r\nContent-Length: 40\r\n\r\nhalf');
      await until(() => placed.counters().chunks === 1);
      if (how === 'changed') placed.update(toxic('http_status', { status: 429 }));
      else placed.remove();
      expect(String(await answer)).toMatch(/^HTTP\/1\.1 503 .*\r\n\r\nno$/s);
      await until(() => link.counters().activeConnections === 0);
      expect(heard).toEqual([]);
    },
  );

  it('swallows bodies of every kind before it answers, and answers a HEAD without one', async () => {
    const { link, heard, ask } = await shop();
    link.addToxic(toxic('http_status', { body: 'no' }));
    expect(await ask('POST', '/', 'x'.repeat(200_000))).toEqual({ status: 503, text: 'no' });
    expect(await ask('POST', '/', 'y'.repeat(70_000), { 'transfer-encoding': 'chunked' })).toEqual({
      status: 503,
      text: 'no',
    });
    expect(await ask('HEAD', '/')).toEqual({ status: 503, text: '' });
    expect(await ask('GET', '/')).toEqual({ status: 503, text: 'no' });
    expect(heard).toEqual([]);
    expect(link.counters().connections).toBe(1);
  });

  it('answers at once, and closes, where the client waits for a word or will not go on', async () => {
    const { link, ask } = await shop();
    link.addToxic(toxic('http_status'));
    expect((await ask('POST', '/', '', { expect: '100-continue', 'content-length': '5' })).status).toBe(503);
    expect((await ask('GET', '/', '', { connection: 'close' })).status).toBe(503);
    await until(() => link.counters().activeConnections === 0);
  });

  it('lets a client wait that sends on and on and reads no answer', async () => {
    const { link } = await shop();
    link.addToxic(toxic('http_status', { body: 'x'.repeat(4_000) }));
    const socket = await open(link.port);
    cleanUps.push(() => void socket.destroy());
    socket.on('error', () => undefined).pause();
    const requests = Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(4_000));
    const send = () => {
      while (socket.write(requests));
    };
    socket.on('drain', send);
    send();
    const received = () => link.bytesByDirection().upstream.received;
    // Nothing comes any more when several rounds of the event loop have brought nothing.
    for (let still = 0, before = 0; still < 20 && before < 2 ** 19; still += 1) {
      if (received() > before || before === 0) still = 0;
      before = received();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(received()).toBeLessThan(2 ** 18);
    socket.resume();
    await until(() => received() > 2 ** 18);
  });

  it('draws for each request whether it is one of the share', async () => {
    const { link, ask } = await shop();
    link.addToxic(toxic('http_status', { share: 0.5 }));
    const statuses: (number | undefined)[] = [];
    for (let asked = 0; asked < 60; asked += 1) statuses.push((await ask('GET', '/')).status);
    const failed = statuses.filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(45);
  });
});

describe('http_latency', () => {
  it('delays the requests of its route alone', async () => {
    const { link, ask, advance, pending } = await shop();
    const placed = link.addToxic(toxic('http_latency', { path: '/slow', latency: 3_000 }));
    expect((await ask('GET', '/fast')).status).toBe(200);
    const slow = ask('GET', '/slow');
    await until(() => pending() === 1);
    advance(3_000);
    expect((await slow).status).toBe(200);
    expect(placed.counters().longestMs).toBe(3_000);
  });
});

describe('http_abort', () => {
  it('resets the connection on a request of its route, and the service hears nothing of it', async () => {
    const { link, heard, ask } = await shop();
    link.addToxic(toxic('http_abort', { method: 'DELETE' }));
    expect((await ask('GET', '/cart')).status).toBe(200);
    await expect(ask('DELETE', '/cart')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(heard).toEqual(['GET /cart']);
  });
});
