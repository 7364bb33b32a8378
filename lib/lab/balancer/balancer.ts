import { Agent, createServer, type Server, type ServerResponse } from 'node:http';
import { forward, type Upstream } from './forward.ts';
import type { Kept } from './kept.ts';

function say(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

/**
 * A reverse proxy over HTTP that gives each replica its turn. One that refuses is passed over for the next; 503 when all do,
 * 502 when one broke off before it answered.
 */
export function createBalancer(upstreams: readonly Upstream[], kept: Kept): Server {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  let turn = 0;
  const server = createServer((incoming, response) => {
    const first = turn;
    turn = (turn + 1) % upstreams.length;
    const serve = async () => {
      for (let tried = 0; tried < upstreams.length; tried += 1) {
        const upstream = upstreams[(first + tried) % upstreams.length];
        if (upstream === undefined) continue;
        const may = await kept.mayTake(upstream.id, response);
        if (may === 'left') return;
        if (may === 'no') continue;
        const forwarded = await forward(incoming, response, upstream, agent);
        if (forwarded === 'failed') say(response, 502, `${upstream.id} broke off`);
        if (forwarded !== 'next') return;
      }
      say(response, 503, 'no replica takes requests');
    };
    void serve();
  });
  // Longer than any client's pause between two requests, so that the balancer is never the one that closes.
  server.keepAliveTimeout = 65_000;
  server.on('close', () => agent.destroy());
  return server;
}
