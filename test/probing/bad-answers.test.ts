import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probesSchema } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { createHttpProber } from '../../lib/probing/http-prober.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import { sampleSchema } from '../../lib/steady-state/observation.ts';
import { probeSpecs, see } from '../../lib/steady-state/probe-spec.ts';
import { type Certificate, certificateOf } from './certificates.ts';
import { serve, serveTcp } from './loopback.ts';

const begin = 'HTTP/1.1 200 OK\r\n';

/** What the real prober makes of a service, as a sample that is judged. */
async function sampleOf(
  url: string,
  http: object = {},
  timeoutMs = 2_000,
): Promise<{ sample: ProbeOutcome; isGood: boolean }> {
  const probes = probesSchema.parse({
    it: { http: { service: 'shop', path: '/', ...http }, tolerances: { errorRate: { below: '1%' } } },
  });
  const [spec] = probeSpecs(probes);
  const definition = probes['it'];
  if (spec === undefined || definition === undefined || !isHttpProbe(definition))
    throw new Error('it is no http probe');
  const prober = createHttpProber({ clock: systemClock, urls: { shop: url }, secret: async () => '' });
  const sample = await prober.ask({ probe: 'it', definition, dueMs: systemClock.now(), timeoutMs });
  const whole = sampleSchema.parse({ at: '2026-01-01T00:00:00.000Z', probe: 'it', ...sample });
  const seen = see(spec, whole);
  expect(sample.error ?? '').not.toMatch(/\n/);
  return { sample, isGood: seen.usable && !seen.failed };
}

/** A service that answers each request as told; `open` are the connections that it still has. */
async function answering(answer: (socket: Socket) => void) {
  const open = new Set<Socket>();
  const url = await serveTcp((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.once('data', () => answer(socket));
  });
  return { url, open };
}

/** Answers that are bad, each in its own way, and what is said of it. */
const bad: [string, (socket: Socket) => void, RegExp, object?][] = [
  [
    'of gigabytes',
    (socket) => {
      const chunk = Buffer.alloc(1_048_576);
      socket.write(`${begin}content-length: 8589934592\r\n\r\n`);
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    },
    /^the body is larger than 1048576 bytes$/,
  ],
  [
    'that never ends',
    (socket) => {
      socket.write(`${begin}transfer-encoding: chunked\r\n\r\n`);
      const more = () => {
        while (!socket.destroyed && socket.write(`400\r\n${'x'.repeat(1_024)}\r\n`));
      };
      socket.on('drain', more);
      more();
    },
    /^the body is larger than 1048576 bytes$/,
  ],
  [
    'that is no UTF-8',
    (socket) =>
      socket.write(Buffer.concat([Buffer.from(`${begin}content-length: 1\r\n\r\n`), Buffer.from([0xe9])])),
    /^the body is no UTF-8/,
  ],
  [
    'whose JSON is none',
    (socket) => socket.write(`${begin}content-length: 6\r\n\r\n{"n": }`),
    /^the body is no JSON/,
    { numberOf: '$.n' },
  ],
  [
    'with a number that is none',
    (socket) => socket.write(`${begin}content-length: 11\r\n\r\n{"n":"NaN"}`),
    /^\$\.n is no number: "NaN"$/,
    { numberOf: '$.n' },
  ],
  [
    'that leads to elsewhere',
    (socket) =>
      socket.write('HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/x\r\ncontent-length: 0\r\n\r\n'),
    /^status 302, a redirect to elsewhere \(http:\/\/192\.0\.2\.1\), which is not followed$/,
  ],
  [
    'that leads nowhere',
    (socket) => socket.write('HTTP/1.1 301 Moved\r\nlocation: http://[/\r\ncontent-length: 0\r\n\r\n'),
    /^status 301, a redirect that leads nowhere$/,
  ],
  [
    'that dribbles',
    (socket) => {
      socket.write(`${begin}content-length: 1000\r\n\r\n`);
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    },
    /^no end of the answer within 300 ms$/,
  ],
  [
    'whose headers dribble',
    (socket) => {
      socket.write(begin);
      const drip = setInterval(() => socket.write(`x-${Date.now()}: y\r\n`), 20);
      socket.on('close', () => clearInterval(drip));
    },
    /^no answer within 300 ms$/,
  ],
  ['that is a reset', (socket) => void socket.resetAndDestroy(), /^the connection was reset \(ECONNRESET\)$/],
  [
    'that a reset breaks off',
    (socket) => {
      socket.write(`${begin}content-length: 100\r\n\r\nabc`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      );
    },
    /^the answer broke off: the connection was (reset|closed too soon) \(/,
  ],
  [
    'whose headers are too large',
    (socket) => socket.write(`${begin}x: ${'y'.repeat(100_000)}\r\ncontent-length: 0\r\n\r\n`),
    /^the headers of its answer are larger than is read \(UND_ERR_HEADERS_OVERFLOW\)$/,
  ],
  [
    'that is a bomb once it is unpacked',
    (socket) => {
      const packed = gzipSync(gzipSync(Buffer.alloc(30_000_000)));
      socket.write(
        Buffer.concat([
          Buffer.from(`${begin}content-encoding: gzip, gzip\r\ncontent-length: ${packed.length}\r\n\r\n`),
          packed,
        ]),
      );
    },
    /^the body is larger than 1048576 bytes$/,
  ],
  [
    'that is packed wrongly',
    (socket) => socket.write(`${begin}content-encoding: gzip\r\ncontent-length: 5\r\n\r\nplain`),
    /^the answer broke off: incorrect header check/,
  ],
  [
    'of HTTP/1.0 without its length',
    (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"n":1}'),
    /^status 200, but the answer says neither its length nor where it ends, so it may be cut short$/,
  ],
  [
    'that is another protocol',
    (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    /^Response does not match the HTTP\/1.1 protocol/,
  ],
  [
    'with a length that is none',
    (socket) => socket.write(`${begin}content-length: many\r\n\r\nabc`),
    /^Response does not match the HTTP\/1.1 protocol/,
  ],
];

describe('an answer', () => {
  it.each(bad)(
    '%s is one sample that is not good, and leaves no connection',
    async (what, answer, words, http) => {
      const { url, open } = await answering(answer);
      const { sample, isGood } = await sampleOf(url, http ?? {}, /dribble/.test(what) ? 300 : 2_000);
      expect(sample.error).toMatch(words);
      expect(isGood).toBe(false);
      // A whole answer that is small while it is packed leaves its connection to the next request.
      if (!/bomb/.test(what) && /larger|no end|no answer|reset|closed/.test(sample.error ?? '')) {
        await expect.poll(() => open.size, { timeout: 2_000 }).toBe(0);
      }
    },
  );

  it('before the whole request was sent is not good', async () => {
    const url = await serveTcp((socket) => {
      socket.pause();
      socket.write(`${begin}content-length: 2\r\n\r\n{}`);
    });
    const { sample, isGood } = await sampleOf(url, { method: 'POST', body: 'x'.repeat(16_000_000) });
    expect(sample).toMatchObject({
      status: 200,
      error: 'it answered before it had been sent the whole request',
    });
    expect(isGood).toBe(false);
  });

  it('to a request that was sent whole is good, whatever its length', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => response.end('{}'));
    });
    for (const body of ['', 'x', 'x'.repeat(4_000_000)])
      expect((await sampleOf(url, { method: 'POST', body })).isGood).toBe(true);
  });

  it('costs no more memory than one body, however many come', async () => {
    const { url } = await answering((socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(262_144)));
      };
      socket.write(`${begin}transfer-encoding: identity\r\ncontent-length: 999999999\r\n\r\n`);
      socket.on('drain', more);
      more();
    });
    const before = keptBytes();
    for (let turn = 0; turn < 30; turn += 1) await sampleOf(url);
    expect(keptBytes() - before).toBeLessThan(20_000_000);
  });

  it('that redirects within the service, or as the probe expects, is what it was asked for', async () => {
    const to = (location: string) =>
      serve((_request, response) => response.writeHead(302, { location }).end());
    expect((await sampleOf(await to('/other'))).isGood).toBe(true);
    expect((await sampleOf(await to('http://192.0.2.1/'), { expect: { status: 302 } })).isGood).toBe(true);
  });
});

/** What buffers hold that somebody still refers to: what nobody does is collected first. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  return process.memoryUsage().arrayBuffers;
}

describe('a TLS certificate', () => {
  const authority = certificateOf('Test Authority', { isAuthority: true });

  async function servedBy({ cert, key }: Certificate): Promise<string> {
    const server = createServer(
      { cert, key: key.export({ type: 'pkcs8', format: 'pem' }) },
      (_request, response) => response.end('{}'),
    );
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, authority.cert]);
    onTestFinished(() => {
      setDefaultCACertificates(before);
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `https://localhost:${address.port}`;
  }

  it('that is good is no hindrance', async () => {
    const { sample } = await sampleOf(await servedBy(certificateOf('localhost', { by: authority })));
    expect(sample).toMatchObject({ status: 200 });
    expect(sample.error).toBeUndefined();
  });

  it.each([
    [
      'has expired',
      () => certificateOf('localhost', { by: authority, until: new Date('2021-01-01T00:00:00Z') }),
      'its TLS certificate has expired (CERT_HAS_EXPIRED)',
    ],
    [
      'is self-signed',
      () => certificateOf('localhost'),
      'its TLS certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [
      'is for another host',
      () => certificateOf('elsewhere.test', { by: authority }),
      'its TLS certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
  ])('that %s is an error with its reason', async (_what, certificate, error) => {
    const { sample, isGood } = await sampleOf(await servedBy(certificate()));
    expect(sample.error).toBe(error);
    expect(isGood).toBe(false);
  });
});
