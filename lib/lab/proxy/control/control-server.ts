import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf, SteadfastError } from '../../../experiment/steadfast-error.ts';
import { admitRequest } from './admit-request.ts';
import { type Answer, refusal } from './answer.ts';
import { type ControlOptions, createControl } from './control-routes.ts';

/** The largest body that is read, in bytes: a proxy with a toxic has some 300, so that this is a list of three thousand. */
const largestBody = 1_048_576;

/** How long a request may take to come in: Toxiproxy's read timeout. */
const requestTimeoutMs = 15_000;

/** A body that is not read to its end. */
class TooLarge extends Error {}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    // What is too large is read all the same, or its sender would never come to read the answer; but it is not kept.
    if (bytes <= largestBody) parts.push(part);
    else parts.length = 0;
  }
  if (bytes > largestBody) throw new TooLarge();
  return Buffer.concat(parts).toString('utf8');
}

function say(response: ServerResponse, { status, type, body, headers }: Answer): void {
  // An answer that says nothing has no length either.
  const described =
    type === undefined || body === undefined
      ? {}
      : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...described, ...headers });
  response.end(body);
}

function failed(thrown: unknown): Answer {
  if (thrown instanceof TooLarge)
    return refusal(413, 'request body too large', `send at most ${largestBody} bytes`);
  // It went away while the request was looked at.
  const isGone = thrown instanceof SteadfastError && thrown.code === 'unknown-id';
  return isGone ? refusal(404, 'proxy not found') : refusal(500, messageOf(thrown));
}

/** The path as it was sent, without its query: names in it may hold escaped slashes. */
const pathOf = (url = '/'): string => url.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/s, '');

export interface ControlServerOptions extends ControlOptions {
  /** What a client must show; none where it is absent. */
  readonly token?: string | undefined;
  /** Requests wait for it. */
  readonly ready?: Promise<unknown>;
}

/** Serves a control over HTTP. */
export function createControlServer({ token, ready, ...options }: ControlServerOptions): Server {
  const control = createControl(options);
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const refused = admitRequest(request.headers, token);
    if (refused !== undefined) return refused;
    await ready;
    return control({
      method: request.method ?? 'GET',
      path: pathOf(request.url),
      body: () => bodyOf(request),
    });
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      say(response, await answerTo(request));
    } catch (thrown) {
      if (!response.headersSent) say(response, failed(thrown));
    }
  };
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    // A client that goes away before its answer is no error of ours.
    response.on('error', () => undefined);
    void serve(request, response);
  });
  // One connection that could not be accepted (no descriptor was free) is no reason to end. Who waits for it to listen hears of it too.
  server.on('error', () => undefined);
  return server;
}
