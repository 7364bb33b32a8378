import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { containing, matching } from '../fakes/matching.ts';
import { ask, secret } from './asking.ts';
import { deadUrl, serve, serveTcp } from './loopback.ts';

const aNumber: unknown = expect.any(Number);

describe('an answer', () => {
  it('has its status, and its latency from when it was due', async () => {
    const url = await serve((_request, response) => response.writeHead(200).end('{}'));
    const outcome = await ask(url, {}, { dueMs: systemClock.now() - 1_000 });
    expect(outcome).toEqual({ latencyMs: aNumber, status: 200 });
    expect(outcome.latencyMs).toBeGreaterThanOrEqual(1_000);
  });

  it('is asked for as the probe says', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        response.end(
          JSON.stringify({ method: request.method, url: request.url, key: request.headers['x-key'], body }),
        );
      });
    });
    const http = { path: '/a?b=c', method: 'POST', headers: { 'x-key': 'k' }, body: 'hello' };
    const body = { '$.method': 'POST', '$.url': '/base/a?b=c', '$.key': 'k', '$.body': 'hello' };
    expect(await ask(`${url}/base/`, { ...http, expect: { body } })).toEqual({
      latencyMs: aNumber,
      status: 200,
    });
  });

  it('that leads elsewhere is not followed', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://192.0.2.1/' }).end();
    });
    expect(await ask(url)).toMatchObject({
      status: 302,
      error: 'status 302, a redirect to elsewhere (http://192.0.2.1), which is not followed',
    });
    expect(asked).toBe(1);
  });

  it.each<[string, number, object | undefined, object, string | undefined]>([
    ['fine', 204, undefined, {}, undefined],
    ['an error by its status', 404, undefined, {}, 'status 404'],
    ['an error by its status', 500, undefined, {}, 'status 500'],
    ['fine when its status is expected', 404, { status: 404 }, {}, undefined],
    ['fine when its status is one of those expected', 404, { status: [200, 404] }, {}, undefined],
    ['an error when another status is expected', 200, { status: 201 }, {}, 'status 200'],
    ['fine with the header', 200, { headers: { 'X-Cache': 'hit' } }, { 'x-cache': 'hit' }, undefined],
    [
      'an error with another header',
      200,
      { headers: { 'x-cache': 'hit' } },
      { 'x-cache': 'miss' },
      "header x-cache is 'miss', 'hit' expected",
    ],
    [
      'an error without the header',
      200,
      { headers: { 'x-cache': 'hit' } },
      {},
      "header x-cache is absent, 'hit' expected",
    ],
    [
      'fine with what stands in the body',
      200,
      { body: { '$.ok': true, '$.n': 1, '$.x': null } },
      {},
      undefined,
    ],
    [
      'an error with something else in the body',
      200,
      { body: { '$.ok': false } },
      {},
      '$.ok is true, false expected',
    ],
    ['an error without it in the body', 200, { body: { '$.gone': 1 } }, {}, '$.gone is absent, 1 expected'],
  ])('is %s: %d', async (_what, status, expected, headers, error) => {
    const url = await serve((_request, response) =>
      response
        .writeHead(status, { ...headers })
        .end(status === 204 ? undefined : '{"ok":true,"n":1,"x":null}'),
    );
    const outcome = await ask(url, expected === undefined ? {} : { expect: expected });
    expect(outcome).toEqual({
      latencyMs: aNumber,
      status,
      ...(error === undefined ? {} : { error }),
    });
  });
});

describe('no answer', () => {
  it('in time counts as the latency of the time-out', async () => {
    const url = await serve(() => undefined);
    expect(await ask(url, {}, { timeoutMs: 30 })).toEqual({ latencyMs: 30, error: 'no answer within 30 ms' });
  });

  it('to the end in time counts so, too, though it has begun', async () => {
    const url = await serve((_request, response) => void response.writeHead(200).write('{'));
    expect(await ask(url, {}, { timeoutMs: 80.5 })).toEqual({
      latencyMs: 80.5,
      status: 200,
      error: 'no end of the answer within 80.5 ms',
    });
  });

  it('because nobody listens is an error with its reason', async () => {
    expect(await ask(await deadUrl())).toEqual({
      latencyMs: aNumber,
      error: containing('ECONNREFUSED'),
    });
  });

  it('because the connection breaks, before or in the answer, is an error with its reason', async () => {
    const before = await serveTcp((socket) => socket.destroy());
    expect(await ask(before)).toEqual({
      latencyMs: aNumber,
      error: 'the connection was closed too soon (UND_ERR_SOCKET)',
    });
    const within = await serveTcp((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc'),
    );
    expect(await ask(within)).toEqual({
      latencyMs: aNumber,
      status: 200,
      error: 'the answer broke off: the connection was closed too soon (UND_ERR_SOCKET)',
    });
  });

  it('that is HTTP is an error', async () => {
    const url = await serveTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect(await ask(url)).toMatchObject({ error: matching(/\S/) });
  });
});

describe('a body', () => {
  const large = 'the body is larger than 1048576 bytes';

  it('that does not end costs no more than one that is too large', async () => {
    const url = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await ask(url)).toEqual({ latencyMs: aNumber, status: 200, error: large });
  });

  it('that is large only once it is unpacked is too large', async () => {
    const packed = gzipSync(Buffer.alloc(20_000_000));
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );
    expect(await ask(url)).toMatchObject({ error: large });
  });

  it('that is no UTF-8, or no JSON where something is sought in it, is an error', async () => {
    const url = await serve((request, response) =>
      response.end(request.url === '/latin' ? Buffer.from([0xe9]) : '<html>'),
    );
    expect(await ask(url, { path: '/latin' })).toMatchObject({
      status: 200,
      error: containing('no UTF-8'),
    });
    expect(await ask(url, { numberOf: '$.n' })).toMatchObject({
      status: 200,
      error: containing('is no JSON'),
    });
    expect(await ask(url)).toEqual({ latencyMs: aNumber, status: 200 });
  });

  it('in an error is cut, and stays on one line', async () => {
    const url = await serve((_request, response) =>
      response.end(JSON.stringify({ n: 'long\n'.repeat(1_000) })),
    );
    const { error = '' } = await ask(url, { numberOf: '$.n' });
    expect(error.length).toBeLessThanOrEqual(160);
    expect(error).not.toContain('\n');
  });
});

describe('what the prober itself cannot do', () => {
  it('is told as its own: a service without URL, a URL that it may not ask, a secret that is not there', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    expect(await ask(url, {}, { urls: {} })).toEqual({ error: 'prober: no URL is known of service shop' });
    const refuse = ({ host }: URL) => `${host} is far away`;
    expect(await ask('http://example.com', {}, { refuse })).toEqual({
      error: 'prober: example.com is far away',
    });
    const missing = async () => Promise.reject(new Error('there is none'));
    expect(await ask(url, { headers: { a: { secret: 'k' } } }, { secret: missing })).toEqual({
      error: 'prober: a header could not be made: there is none',
    });
    expect(asked).toBe(0);
  });
});

describe('a secret', () => {
  const headers = { authorization: { secret: 'apiKey' } };

  it('is sent, and asked for by its logical name', async () => {
    const names: string[] = [];
    const url = await serve((request, response) =>
      response.writeHead(request.headers.authorization === secret ? 200 : 401).end(),
    );
    const read = async (name: string) => {
      names.push(name);
      return secret;
    };
    expect(await ask(url, { headers }, { secret: read })).toMatchObject({ status: 200 });
    expect(names).toEqual(['apiKey']);
  });

  it('stands in no outcome, though the service says it back in every way', async () => {
    const url = await serve((request, response) => {
      const said = request.headers.authorization ?? '';
      response.setHeader('x-said', said);
      response.end(request.url === '/text' ? said : JSON.stringify({ said, nested: { said } }));
    });
    const asked = [
      { path: '/text', numberOf: '$.n' },
      { numberOf: '$.said' },
      { numberOf: '$.nested' },
      { ageOf: '$.said' },
      { ageOf: { header: 'x-said' } },
      { countOf: '$.said' },
      { expect: { headers: { 'x-said': 'x' } } },
      { expect: { body: { '$.said': 'x' } } },
    ];
    for (const http of asked) {
      const outcome = await ask(url, { ...http, headers });
      expect(outcome.error, JSON.stringify(http)).toMatch(/\S/);
      expect(JSON.stringify(outcome)).not.toContain(secret);
    }
  });

  it('that no header can carry is told without it', async () => {
    const url = await serve((_request, response) => response.end());
    for (const bad of [`${secret}\n`, `${secret}\u20ac`, `\0${secret}`]) {
      const outcome = await ask(url, { headers }, { secret: async () => bad });
      if (outcome.status === undefined)
        expect(outcome.error).toMatch(/^prober: .*'apiKey' cannot be a header/);
      expect(JSON.stringify(outcome)).not.toContain(secret);
    }
  });
});
