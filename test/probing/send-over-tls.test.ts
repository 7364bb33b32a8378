import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type HttpProbe, probeSchema } from '../../lib/experiment/probe.ts';
import { isHttpProbe } from '../../lib/experiment/probe-kind.ts';
import { createHttpProber } from '../../lib/probing/http-prober.ts';
import { sendRollbackRequest } from '../../lib/probing/rollback-request.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import type { ProbeOutcome } from '../../lib/run/ports.ts';
import { type Certificate, certificateOf } from './certificates.ts';
import { serve } from './loopback.ts';

let ca: Certificate;
let shop: Certificate;
let prober: Certificate;
let secrets: Readonly<Record<string, string>>;

const pemOf = (certificate: Certificate) =>
  certificate.key.export({ type: 'pkcs8', format: 'pem' }).toString();

beforeAll(() => {
  ca = certificateOf('private-ca', { isAuthority: true });
  shop = certificateOf('shop.internal', { by: ca });
  prober = certificateOf('prober', { by: ca });
  secrets = {
    ca: ca.cert,
    other: certificateOf('another-ca', { isAuthority: true }).cert,
    certificate: prober.cert,
    key: pemOf(prober),
  };
});

/** A service whose certificate only the private CA vouches for; returns its URL, which holds an address. */
async function serveTls(listener: RequestListener, more: ServerOptions = {}): Promise<string> {
  const server = createServer({ cert: shop.cert, key: pemOf(shop), ...more }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `https://127.0.0.1:${address.port}`;
}

const secret = async (name: string) => {
  const found = secrets[name];
  if (found === undefined) throw new Error(`there is no secret ${name}`);
  return found;
};

function probeOf(http: object): HttpProbe {
  const probe = probeSchema.parse({
    http: { service: 'shop', path: '/', ...http },
    tolerances: { errorRate: { below: '1%' } },
  });
  if (!isHttpProbe(probe)) throw new Error('it is no http probe');
  return probe;
}

const ask = (url: string, http: object, timeoutMs = 5_000): Promise<ProbeOutcome> =>
  createHttpProber({ clock: systemClock, urls: { shop: url }, secret }).ask({
    probe: 'products',
    definition: probeOf(http),
    dueMs: systemClock.now(),
    timeoutMs,
  });

const trusted = { ca: { secret: 'ca' }, serverName: 'shop.internal' };
const latencyMs: unknown = expect.any(Number);

describe('a service with a certificate of its own', () => {
  it('is asked where its CA and its name are given', async () => {
    const url = await serveTls((_request, response) => response.end('{"orders": 7}'));
    expect(await ask(url, { tls: trusted, expect: { body: { '$.orders': 7 } } })).toEqual({
      latencyMs,
      status: 200,
    });
  });

  it('is refused without its CA, with another, and by another name', async () => {
    const url = await serveTls((_request, response) => response.end('{}'));
    expect((await ask(url, {})).error).toMatch(/certificate/);
    expect((await ask(url, { tls: { serverName: 'shop.internal' } })).error).toMatch(/certificate/);
    expect((await ask(url, { tls: { ...trusted, ca: { secret: 'other' } } })).error).toMatch(/certificate/);
    expect((await ask(url, { tls: { ...trusted, serverName: 'pay.internal' } })).error).toMatch(
      /for another host/,
    );
  });

  it('is shown the certificate that it asks for', async () => {
    const url = await serveTls(
      (request, response) => {
        const { socket } = request;
        const name = socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : '';
        response.end(JSON.stringify({ name }));
      },
      { ca: ca.cert, requestCert: true, rejectUnauthorized: true },
    );
    const shown = { ...trusted, certificate: { secret: 'certificate' }, key: { secret: 'key' } };
    expect(await ask(url, { tls: shown, expect: { body: { '$.name': 'prober' } } })).toEqual({
      latencyMs,
      status: 200,
    });
    expect((await ask(url, { tls: trusted })).error).toBeDefined();
  });

  it('is sent the request as the probe says, and its redirects are not followed', async () => {
    const url = await serveTls((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        response
          .setHeader('location', 'https://192.0.2.1/')
          .setHeader('x-key', String(request.headers['x-key']));
        response.writeHead(307).end(JSON.stringify({ method: request.method, url: request.url, body }));
      });
    });
    const outcome = await ask(url, {
      tls: trusted,
      path: '/a?b=c',
      method: 'PUT',
      body: 'hello',
      headers: { 'x-key': 'k' },
      expect: {
        status: 307,
        headers: { 'x-key': 'k' },
        body: { '$.method': 'PUT', '$.url': '/a?b=c', '$.body': 'hello' },
      },
    });
    expect(outcome).toEqual({ latencyMs, status: 307 });
  });

  it.each([204, 304])('may answer without a body: %i', async (status) => {
    const url = await serveTls((_request, response) => response.writeHead(status).end());
    expect(await ask(url, { tls: trusted })).toEqual({ latencyMs, status });
  });

  it('is asked for an answer that is not packed', async () => {
    const url = await serveTls((request, response) =>
      request.headers['accept-encoding'] === 'identity'
        ? response.end('{"ok": true}')
        : response.setHeader('content-encoding', 'gzip').end(gzipSync('{"ok": true}')),
    );
    expect((await ask(url, { tls: trusted, expect: { body: { '$.ok': true } } })).error).toBeUndefined();
  });

  it('that does not answer in time, or not to the end, took at least so long', async () => {
    const silent = await serveTls(() => undefined);
    const halting = await serveTls((_request, response) => response.write('{'));
    for (const url of [silent, halting]) {
      const { latencyMs: tookMs, error } = await ask(url, { tls: trusted }, 150);
      expect(tookMs).toBe(150);
      expect(error).toMatch(/within 150 ms/);
    }
  });

  it('that breaks off is an error', async () => {
    const url = await serveTls((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setImmediate(() => response.destroy());
    });
    expect((await ask(url, { tls: trusted })).error).toBeDefined();
  });

  it('is asked to roll back in the same way', async () => {
    const url = await serveTls((_request, response) => response.end('{}'));
    const { http } = probeOf({ tls: trusted, method: 'POST' });
    const options = { runId: 'run-1', timeoutMs: 5_000, urls: { shop: url }, secret };
    expect(await sendRollbackRequest(http, options)).toContain('status 200');
    await expect(sendRollbackRequest({ ...http, tls: undefined }, options)).rejects.toThrow(/certificate/);
  });
});

describe('certificates and keys that cannot be read', () => {
  it('are the prober’s own failure, and the secret is not told', async () => {
    const url = await serveTls((_request, response) => response.end('{}'));
    expect(await ask(url, { tls: { ca: { secret: 'lost' } } })).toEqual({
      error: 'prober: a certificate or key could not be read: there is no secret lost',
    });
  });
});

describe('a certificate that is none', () => {
  it('is the prober’s own failure, and is not told', async () => {
    const url = await serveTls((_request, response) => response.end('{}'));
    secrets = { ...secrets, broken: '-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n' };
    const { error } = await ask(url, { tls: { ca: { secret: 'broken' } } });
    expect(error).toMatch(/^prober: a certificate or key could not be read: /);
    expect(error).not.toContain('canary');
  });
});

describe('a URL of http', () => {
  it('is asked as it is, whatever the TLS options say', async () => {
    const url = await serve((_request, response) => response.end('{}'));
    expect(await ask(url, { tls: trusted })).toEqual({ latencyMs, status: 200 });
  });
});
