import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../../../experiment/steadfast-error.ts';
import { type Answer, createControl, refusal } from './control-routes.ts';
import type { RemotePlane } from './remote-plane.ts';

/** The largest body that is read, in bytes: a toxic has a hundred or so. What is larger is read as nothing, and refused for that. */
const largestBody = 65_536;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes <= largestBody) parts.push(part);
  }
  return bytes > largestBody ? '' : Buffer.concat(parts).toString('utf8');
}

/** Types of content as Toxiproxy sends them: its errors are JSON in all but the header. */
function say(response: ServerResponse, { status, body }: Answer): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const isError = status >= 400;
  response.writeHead(status, { 'content-type': isError ? 'text/plain; charset=utf-8' : 'application/json' });
  response.end(`${typeof body === 'string' ? body : JSON.stringify(body)}${isError ? '\n' : ''}`);
}

/** Serves the control of a lab's links over HTTP. */
export function createControlServer(plane: RemotePlane): Server {
  const control = createControl(plane);
  const answerTo = (request: IncomingMessage): Promise<Answer> | Answer => {
    // As Toxiproxy does: no page that somebody looks at in a browser can put a fault in.
    if (request.headers['user-agent']?.startsWith('Mozilla/') === true)
      return { status: 403, body: 'User agent not allowed' };
    const { pathname } = new URL(request.url ?? '/', 'http://control');
    return control({ method: request.method ?? 'GET', path: pathname, body: () => bodyOf(request) });
  };
  return createServer((request, response) => {
    const serve = async () => {
      try {
        say(response, await answerTo(request));
      } catch (thrown) {
        say(response, refusal(500, messageOf(thrown)));
      }
    };
    void serve();
  });
}
