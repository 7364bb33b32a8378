import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createBalancer } from '../../../lib/lab/balancer/balancer.ts';
import type { Upstream } from '../../../lib/lab/balancer/forward.ts';
import { createKept } from '../../../lib/lab/balancer/kept.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    if (!server.listening) continue;
    const closed = once(server, 'close');
    server.close();
    await closed;
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function replica(
  id: string,
  handler: RequestListener,
): Promise<Upstream & { readonly server: Server }> {
  const server = createServer(handler);
  return { id, host: '127.0.0.1', port: await listen(server), server };
}

const url = async (upstreams: readonly Upstream[], kept = createKept(() => 0)) =>
  `http://127.0.0.1:${await listen(createBalancer(upstreams, kept))}`;
const say =
  (text: string): RequestListener =>
  (_request, response) =>
    void response.end(text);

describe('the balancer', () => {
  it('gives each replica its turn', async () => {
    const base = await url([
      await replica('a', say('a')),
      await replica('b', say('b')),
      await replica('c', say('c')),
    ]);
    const answers: string[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(await (await fetch(base)).text());
    expect(answers).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('passes on method, path, headers and body, and the answer with its status and headers', async () => {
    const echo = await replica('a', (request, response) => {
      response.writeHead(418, {
        'x-method': request.method,
        'x-url': request.url,
        'x-token': request.headers['x-token'],
      });
      request.pipe(response);
    });
    const body = 'x'.repeat(300_000);
    const answer = await fetch(`${await url([echo])}/orders?size=1`, {
      method: 'POST',
      body,
      headers: { 'x-token': 't' },
    });
    expect(answer.status).toBe(418);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-method': 'POST',
      'x-url': '/orders?size=1',
      'x-token': 't',
      'x-served-by': 'a',
    });
    expect(await answer.text()).toBe(body);
  });

  it.each(['GET', 'POST'])(
    'passes over a replica that refuses connections (%s), and uses it again when it is back',
    async (method) => {
      const [gone, well] = [await replica('a', say('a')), await replica('b', say('b'))];
      const base = await url([gone, well]);
      const ask = async () =>
        (await fetch(base, { method, ...(method === 'POST' ? { body: 'order' } : {}) })).text();
      expect([await ask(), await ask()]).toEqual(['a', 'b']);
      gone.server.closeAllConnections();
      gone.server.close();
      expect([await ask(), await ask()]).toEqual(['b', 'b']);
      const back = createServer(say('a again'));
      servers.push(back);
      back.listen(gone.port, '127.0.0.1');
      await once(back, 'listening');
      expect([await ask(), await ask()].toSorted()).toEqual(['a again', 'b']);
    },
  );

  it('answers 503 when no replica takes requests', async () => {
    const gone = await replica('a', say('a'));
    gone.server.close();
    const answer = await fetch(await url([gone]));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('no replica takes requests\n');
  });

  it('does not ask another replica once one has begun on a request', async () => {
    let asked = 0;
    const breaking: RequestListener = (request) => {
      asked += 1;
      request.socket.destroy();
    };
    const answer = await fetch(await url([await replica('a', breaking), await replica('b', breaking)]));
    expect(answer.status).toBe(502);
    expect(asked).toBe(1);
  });

  it('breaks off when a replica breaks off in the middle of its answer', async () => {
    const base = await url([
      await replica('a', (_request, response) => {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half', () => response.destroy());
      }),
    ]);
    const answer = await fetch(base);
    await expect(answer.text()).rejects.toThrow();
  });

  it('lets requests to a replica that it cannot reach hang until it finds out, passes it over then, and gives it its turn when it is back', async () => {
    let nowMs = 0;
    const kept = createKept(() => nowMs);
    const base = await url([await replica('a', say('a')), await replica('b', say('b'))], kept);
    const keeping = kept.keep(['a'], 10_000);
    const given = new AbortController();
    const givenUp = fetch(base, { signal: given.signal });
    const hanging = fetch(base).then((answer) => answer.text());
    expect(await hanging).toBe('b');
    const patient = fetch(base).then((answer) => answer.text());
    const other = await fetch(base);
    expect(await other.text()).toBe('b');
    given.abort();
    await expect(givenUp).rejects.toThrow();

    nowMs = 10_000;
    expect(await (await fetch(base)).text()).toBe('b');
    expect(keeping.giveBack()).toEqual({ hung: 2, passedOver: 1 });
    expect(await patient).toBe('a');
    const answers = [await (await fetch(base)).text(), await (await fetch(base)).text()];
    expect(answers.toSorted()).toEqual(['a', 'b']);
  });
});
