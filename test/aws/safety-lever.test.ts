import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { FisClient } from '@aws-sdk/client-fis';
import { afterEach, describe, expect, it } from 'vitest';
import { createSafetyLever } from '../../lib/aws/safety-lever.ts';
import { containing, withFields } from '../fakes/matching.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  if (server !== undefined) await once(server, 'close');
  server = undefined;
});

/** An FIS on loopback that answers as it is told, and the safety lever over the real client. */
async function leverOnLoopback(answers: readonly { status?: number; body: unknown; type?: string }[]) {
  const seen: Seen[] = [];
  const left = [...answers];
  const answerOne = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, method, url } = request;
    seen.push({ method, url, headers, body: await text(request) });
    const { status = 200, body, type } = left.shift() ?? { status: 500, body: {} };
    const error = type === undefined ? {} : { 'x-amzn-errortype': type };
    response.writeHead(status, { 'content-type': 'application/json', ...error }).end(JSON.stringify(body));
  };
  server = createServer((request, response) => void answerOne(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const fis = new FisClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' },
    maxAttempts: 1,
  });
  return { lever: createSafetyLever({ fis }), seen };
}

const answer = (status: string, reason?: string) => ({
  body: {
    safetyLever: {
      id: 'default',
      arn: 'arn:aws:fis:eu-west-1:1:safety-lever/default',
      state: { status, reason },
    },
  },
});

/** What AWS's servers check first: its form, its scope, and that the headers that matter are signed. */
function expectSigned({ headers }: Seen) {
  const { authorization = '' } = headers;
  const [, day, signed = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(\d{8})\/eu-west-1\/fis\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/.exec(
      authorization,
    ) ?? [];
  expect(headers['x-amz-date']).toMatch(new RegExp(`^${day}T\\d{6}Z$`));
  expect(signed.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']));
  expect(headers['x-amz-security-token']).toBe('session');
}

describe('the safety lever, with the real client over HTTP', () => {
  it.each([
    ['disengaged', 'the drill is over'],
    ['engaging', 'the shop is down'],
    ['engaged', 'the shop is down'],
  ])('is asked for its state by a signed GET: %s', async (status, reason) => {
    const { lever, seen } = await leverOnLoopback([answer(status, reason)]);
    expect(await lever.state()).toEqual({ status, reason });
    const [request] = seen;
    expect(seen).toHaveLength(1);
    expect(request).toMatchObject({ method: 'GET', url: '/safetyLevers/default', body: '' });
    if (request !== undefined) expectSigned(request);
  });

  it.each([
    ['engage', 'engaged', 'engaging'],
    ['disengage', 'disengaged', 'disengaged'],
  ] as const)(
    'is changed by a signed PATCH with what is wanted and why: %s',
    async (method, wanted, leadsTo) => {
      const reason = 'halt --all: “the shop is down”';
      const { lever, seen } = await leverOnLoopback([answer(leadsTo, reason)]);
      expect(await lever[method](reason)).toEqual({ status: leadsTo, reason });
      const [request] = seen;
      expect(seen).toHaveLength(1);
      expect(request).toMatchObject({ method: 'PATCH', url: '/safetyLevers/default/state' });
      expect(JSON.parse(request?.body ?? '')).toEqual({ status: wanted, reason });
      expect(request?.headers['content-length']).toBe(String(Buffer.byteLength(request?.body ?? '')));
      expect(request?.headers['content-type']).toBe('application/json');
      if (request !== undefined) expectSigned(request);
    },
  );

  it.each([
    [
      'a word that nobody knows',
      { body: { safetyLever: { state: { status: 'half-way' } } } },
      'FIS answered nothing that tells',
    ],
    ['nothing', { body: {} }, 'FIS answered nothing that tells'],
    [
      'an error',
      { status: 500, type: 'InternalServerException', body: { message: 'we are away' } },
      'we are away',
    ],
  ])('is unreadable, never taken for disengaged, where FIS answers %s', async (_, answered, reason) => {
    const { lever } = await leverOnLoopback([answered]);
    expect(await lever.state()).toEqual({ status: 'unreadable', reason: containing(reason) });
  });

  it('names the permission that it lacks, to whoever looks and to whoever changes it', async () => {
    const denied = { status: 403, type: 'AccessDeniedException', body: { message: 'not authorized' } };
    const { lever } = await leverOnLoopback([denied, denied]);
    expect(await lever.state()).toEqual({
      status: 'unreadable',
      reason: 'AWS refused fis:GetSafetyLever on safety-lever/default',
      permission: 'fis:GetSafetyLever on safety-lever/default',
    });
    await expect(lever.engage('now')).rejects.toEqual(
      withFields({
        code: 'permission',
        message: containing('fis:UpdateSafetyLeverState on safety-lever/default'),
      }),
    );
  });

  it('cannot be changed while it is being engaged, which is no failure of Steadfast', async () => {
    const conflict = { status: 409, type: 'ConflictException', body: { message: 'it is engaging' } };
    const { lever } = await leverOnLoopback([conflict]);
    await expect(lever.disengage('over')).rejects.toEqual(withFields({ code: 'busy' }));
  });
});
