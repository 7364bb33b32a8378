import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { FisClient } from '@aws-sdk/client-fis';
import { afterEach, describe, expect, it } from 'vitest';
import { startPreview } from '../../lib/aws/fis-start.ts';
import { withFields } from '../fakes/matching.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly contentLength: number;
  readonly authorization: string;
  readonly body: unknown;
}

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  if (server !== undefined) await once(server, 'close');
  server = undefined;
});

const bodyOf = async (request: IncomingMessage): Promise<unknown> =>
  request.method === 'POST' ? json(request) : undefined;

/** An FIS on loopback that answers as it is told, and the real client to ask it. */
async function fisOnLoopback(answers: readonly { status: number; body: unknown }[]) {
  const seen: Seen[] = [];
  const left = [...answers];
  const answerOne = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, method, url } = request;
    const [contentLength, authorization] = [
      Number(headers['content-length'] ?? 0),
      headers.authorization ?? '',
    ];
    seen.push({ method, url, contentLength, authorization, body: await bodyOf(request) });
    const answer = left.shift() ?? { status: 500, body: {} };
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  };
  server = createServer((request, response) => void answerOne(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const fis = new FisClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  return { fis, seen };
}

const start = {
  templateId: 'EXT1',
  token: 'run-1-preview-0',
  tags: { 'steadfast:run': 'run-1', 'steadfast:preview': 'true' },
};

const started = (experimentOptions: unknown) => ({
  status: 200,
  body: { experiment: { id: 'EXP1', state: { status: 'pending' }, experimentOptions } },
});

describe('a preview, with the real client over HTTP', () => {
  it('says skip-all on the wire, in a body whose length and signature fit, and believes the echo', async () => {
    const { fis, seen } = await fisOnLoopback([started({ actionsMode: 'skip-all' })]);
    const stopped: string[] = [];
    const id = await startPreview(fis, start, async (experiment) => void stopped.push(experiment));
    expect(id).toBe('EXP1');
    expect(stopped).toEqual([]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/experiments',
      body: {
        experimentTemplateId: 'EXT1',
        clientToken: 'run-1-preview-0',
        tags: start.tags,
        experimentOptions: { actionsMode: 'skip-all' },
      },
    });
    expect(seen[0]?.contentLength).toBe(Buffer.byteLength(JSON.stringify(seen[0]?.body)));
    expect(seen[0]?.authorization).toMatch(/^AWS4-HMAC-SHA256 .*Signature=[0-9a-f]{64}$/);
  });

  it.each([
    ['does not echo the option', undefined],
    ['echoes another mode', { actionsMode: 'run-all' }],
  ])('is stopped at once, and fails, when the answer %s', async (_, options) => {
    const { fis } = await fisOnLoopback([started(options)]);
    const stopped: string[] = [];
    const preview = startPreview(fis, start, async (experiment) => void stopped.push(experiment));
    await expect(preview).rejects.toThrow('FIS did not confirm that experiment EXP1 skips its actions');
    expect(stopped).toEqual(['EXP1']);
  });

  it('that may be a real start and cannot be stopped says so, and what to do at once', async () => {
    const { fis } = await fisOnLoopback([started(undefined)]);
    const preview = startPreview(fis, start, () => Promise.reject(new Error('FIS is throttling')));
    await expect(preview).rejects.toMatchObject({
      message:
        'FIS did not confirm that experiment EXP1 skips its actions, and it could not be stopped: FIS is throttling',
      hint: 'stop the experiment in the FIS console at once: it may inject the fault',
    });
  });

  it('says skip-all again when the client has to try again', async () => {
    const { fis, seen } = await fisOnLoopback([
      { status: 500, body: {} },
      started({ actionsMode: 'skip-all' }),
    ]);
    await startPreview(fis, start, async () => {});
    expect(seen.map(({ body }) => body)).toEqual([
      withFields({ experimentOptions: { actionsMode: 'skip-all' } }),
      withFields({ experimentOptions: { actionsMode: 'skip-all' } }),
    ]);
  });

  it('tells a refusal by its kind, since the answer of an error is still read', async () => {
    const { fis } = await fisOnLoopback([
      { status: 402, body: { __type: 'ServiceQuotaExceededException', message: 'five are active' } },
    ]);
    await expect(startPreview(fis, start, async () => {})).rejects.toMatchObject({ code: 'busy' });
  });
});
