import { describe, expect, it } from 'vitest';
import { httpRequestSchema } from '../../lib/experiment/http-request.ts';
import { runHeader, sendRollbackRequest } from '../../lib/probing/rollback-request.ts';
import { deadUrl, serve } from './loopback.ts';

const secret = 's3cr3t-canary';

const send = (url: string | undefined, http: object = {}, timeoutMs = 5_000) =>
  sendRollbackRequest(httpRequestSchema.parse({ service: 'shop', path: '/undo', method: 'POST', ...http }), {
    runId: 'run-1',
    timeoutMs,
    urls: url === undefined ? {} : { shop: url },
    secret: async () => secret,
  });

describe('a rollback by request', () => {
  it('carries the run’s id, so that the service knows a repeated one', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      seen.push([request.method, request.url, request.headers[runHeader], request.headers.authorization]);
      response.end();
    });
    const headers = { authorization: { secret: 'k' } };
    expect(await send(url, { headers })).toBe('POST /undo of shop answered with status 200');
    expect(seen).toEqual([['POST', '/undo', 'run-1', secret]]);
  });

  it.each<[string, object, string]>([
    ['another status', {}, 'POST /undo of shop was answered with status 503'],
    [
      'a body that is not as expected',
      { expect: { status: 503, body: { '$.done': true } } },
      'POST /undo of shop was answered with $.done is false, true expected',
    ],
  ])('fails by %s', async (_what, http, message) => {
    const url = await serve((_request, response) => response.writeHead(503).end('{"done":false}'));
    await expect(send(url, http)).rejects.toThrow(message);
  });

  it('fails when there is no answer, and says why', async () => {
    await expect(send(await deadUrl())).rejects.toThrow(
      /^POST \/undo of shop was not answered: .*ECONNREFUSED/,
    );
    const silent = await serve(() => undefined);
    await expect(send(silent, {}, 20.5)).rejects.toThrow(/was not answered: .*timeout/);
    await expect(send(undefined)).rejects.toThrow("no URL is known of service 'shop'");
  });

  it('says nothing of the secrets that it sent', async () => {
    const url = await serve((request, response) =>
      response.end(JSON.stringify({ said: request.headers.authorization })),
    );
    const http = { headers: { authorization: { secret: 'k' } }, expect: { body: { '$.said': 'x' } } };
    await expect(send(url, http)).rejects.toThrow('$.said is "***", "x" expected');
  });
});
