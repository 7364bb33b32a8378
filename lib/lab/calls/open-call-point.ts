import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../run/ports.ts';
import { endToEnd } from '../balancer/end-to-end.ts';
import type { Address } from '../proxy/connection.ts';
import type { AddedCallFault, Answer, Call, CallEffect, CallFault, CallPoint } from './call.ts';

/** More than any AWS API takes in one call: Kinesis takes 10 MiB of records (API reference, PutRecords), Lambda 6 MB. */
const largestBody = 16 * 1024 * 1024;

const loopback = '127.0.0.1';

interface Placed {
  readonly fault: CallFault;
  seen: number;
  hit: number;
}

/** The whole body of a request; undefined where it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/**
 * Opens the point by which calls reach a service: a server on loopback that hands each request on and streams the answer back, unless a
 * fault does something to it. A call is read whole before, since a fault may look at what is in it.
 */
export async function openCallPoint(options: {
  readonly service: string;
  readonly caller?: string;
  readonly upstream: Address;
  readonly clock: Clock;
}): Promise<CallPoint> {
  const { service, caller, upstream, clock } = options;
  const faults = new Set<Placed>();
  const closing = new AbortController();

  const effectOn = (call: Call): CallEffect => {
    let first: CallEffect | undefined;
    for (const placed of faults) {
      placed.seen += 1;
      if (first !== undefined) continue;
      first = placed.fault(call);
      if (first !== undefined) placed.hit += 1;
    }
    return first ?? {};
  };

  const carryOut = (call: Call, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, path, headers, body } = call;
      const outgoing = request({
        ...upstream,
        method,
        path,
        headers: { ...endToEnd(headers), 'content-length': body.byteLength },
        // A connection each: none is found closed by a service that does not keep them.
        agent: false,
        signal,
      });
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const body = await bodyOf(incoming);
    if (body === undefined) {
      send(response, { status: 413, headers: { connection: 'close' }, body: '' });
      return;
    }
    const { method = 'GET', url = '/', headers } = incoming;
    const call: Call = { method, path: url, headers, body };
    const { delayMs = 0, answer, isCarriedOut = answer === undefined } = effectOn(call);
    const signal = AbortSignal.any([gone.signal, closing.signal]);
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    signal.throwIfAborted();
    const own = isCarriedOut ? await carryOut(call, signal) : undefined;
    if (answer !== undefined) {
      own?.resume();
      if (own !== undefined) await once(own, 'close');
      send(response, answer);
    } else if (own !== undefined) {
      response.writeHead(own.statusCode ?? 502, endToEnd(own.headers));
      await pipeline(own, response);
    }
  };

  const server = createServer((incoming, response) => {
    // What breaks behind it breaks in front of it too, as without it.
    serve(incoming, response).catch(() => incoming.socket.resetAndDestroy());
  });
  // Longer than any client's pause between two calls, so that it is never the one that closes.
  server.keepAliveTimeout = 65_000;
  server.listen(0, loopback);
  await once(server, 'listening');
  const address = server.address();

  return {
    service,
    caller,
    host: loopback,
    port: address !== null && typeof address === 'object' ? address.port : 0,
    addFault: (fault): AddedCallFault => {
      const placed: Placed = { fault, seen: 0, hit: 0 };
      faults.add(placed);
      return {
        counters: () => ({ seen: placed.seen, hit: placed.hit }),
        remove: () => void faults.delete(placed),
      };
    },
    close: async () => {
      closing.abort();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
