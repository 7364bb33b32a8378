import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { endToEnd } from './end-to-end.ts';

export interface Upstream {
  /** The replica's id. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

/** What came of handing a request to a replica. `next`: it never took it, another one may. */
export type Forwarded = 'answered' | 'next' | 'failed' | 'given up';

/** Methods that can be sent twice without harm and have no body to be lost (RFC 9110, section 9.2.2). */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Hands a request to one replica and streams its answer back. `next` only when the replica cannot have begun on it: it
 * refused the connection, or closed an idle one just as a request that may be repeated was sent on it.
 */
export function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  agent: Agent,
): Promise<Forwarded> {
  return new Promise((resolve) => {
    const { method = 'GET', url = '/' } = incoming;
    const withBody = hasBody(incoming);
    let bodySent = false;
    const outgoing: ClientRequest = request({
      host: upstream.host,
      port: upstream.port,
      method,
      path: url,
      headers: {
        ...endToEnd(incoming.headers),
        ...(incoming.headers['content-length'] === undefined && withBody
          ? { 'transfer-encoding': 'chunked' }
          : {}),
      },
      agent,
    });
    const giveUp = () => {
      outgoing.destroy();
      resolve('given up');
    };
    response.once('close', giveUp);
    outgoing.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, {
        ...endToEnd(answer.headers),
        'x-served-by': upstream.id,
      });
      answer.pipe(response);
      answer.once('error', () => response.destroy());
      answer.once('end', () => {
        response.off('close', giveUp);
        resolve('answered');
      });
    });
    outgoing.once('error', (error) => {
      response.off('close', giveUp);
      const refused = 'code' in error && error.code === 'ECONNREFUSED';
      const closedWhileIdle = outgoing.reusedSocket && repeatable.has(method) && !withBody;
      if (response.headersSent) response.destroy();
      resolve(!response.headersSent && !bodySent && (refused || closedWhileIdle) ? 'next' : 'failed');
    });
    if (!withBody) {
      outgoing.end();
      return;
    }
    // The body waits for a connection: a replica that refuses must not have cost any of it.
    const sendBody = () => {
      bodySent = true;
      incoming.pipe(outgoing);
    };
    outgoing.once('socket', (socket) => (socket.connecting ? socket.once('connect', sendBody) : sendBody()));
  });
}
