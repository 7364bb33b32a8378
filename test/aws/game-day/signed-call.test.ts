import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createSignedCaller, type SignedCall } from '../../../lib/aws/game-day/signed-call.ts';
import { containing } from '../../fakes/matching.ts';
import { deadUrl, serve } from '../../probing/loopback.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const region = 'eu-west-1';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest();

/** What AWS makes of a request ("Signature Version 4 signing process"), from what arrived and the secret. */
function signatureOf({ method, url, headers, body }: Heard): {
  readonly said: string;
  readonly ours: string;
} {
  const authorization = headers.authorization ?? '';
  const [, scope = '', names = '', said = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]+)$/.exec(
      authorization,
    ) ?? [];
  const { pathname, searchParams } = new URL(url, 'http://desk');
  const query = [...searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  const canonical = [
    method,
    pathname,
    query,
    ...names.split(';').map((name) => `${name}:${String(headers[name])}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const [date = ''] = scope.split('/');
  const key = [region, 'lambda', 'aws4_request'].reduce(
    (secret, part) => hmac(secret, part),
    hmac('AWS4secret', date),
  );
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  return { said, ours: hmac(key, toSign).toString('hex') };
}

/** Makes a call to an endpoint on this machine; gives what it heard and what came back. */
async function callHere(call: SignedCall, answer = { status: 200, body: '{}' }) {
  const heard: Heard[] = [];
  const url = await serve((request, response) => {
    void text(request).then((body) => {
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
  });
  const answered = await createSignedCaller({ url, region, credentials })(call);
  return { heard, answered };
}

describe('a call of a function URL', () => {
  it.each<[string, SignedCall]>([
    [
      'a look, with characters that are written otherwise in a URL',
      { method: 'GET', path: '/view', query: { edition: 'a b&c=d/é', role: 'onCall' } },
    ],
    [
      'something to do',
      { method: 'POST', path: '/act', body: { command: { do: 'note', text: 'on-call é paged' } } },
    ],
  ])('is signed for Lambda, so that AWS can tell who asks for %s', async (_, call) => {
    const {
      heard: [heard],
      answered,
    } = await callHere(call);
    if (heard === undefined) throw new Error('nothing was heard');
    const { said, ours } = signatureOf(heard);
    expect(said).toBe(ours);
    expect(heard.headers['x-amz-security-token']).toBe('token');
    expect(new URL(heard.url, 'http://desk').pathname).toBe(call.path);
    expect(heard.body).toBe(call.body === undefined ? '' : JSON.stringify(call.body));
    expect(answered).toEqual({ status: 200, text: '{}' });
  });

  it('gives an answer of any status as it is', async () => {
    const { answered } = await callHere({ method: 'GET', path: '/view' }, { status: 403, body: 'no' });
    expect(answered).toEqual({ status: 403, text: 'no' });
  });

  it('follows nobody elsewhere with its signature', async () => {
    await expect(callHere({ method: 'GET', path: '/view' }, { status: 302, body: '' })).rejects.toMatchObject(
      {
        code: 'cannot-begin',
      },
    );
  });

  it('that cannot be made says what is known', async () => {
    const call = createSignedCaller({ url: await deadUrl(), region, credentials });
    await expect(call({ method: 'POST', path: '/act', body: {} })).rejects.toMatchObject({
      code: 'cannot-begin',
      hint: containing('not known whether it was done'),
    });
    for (const url of ['http://example.com/', 'desk', 'http://127.0.0.1.example.com/'])
      expect(() => createSignedCaller({ url, region, credentials })).toThrow('is no address');
  });
});
