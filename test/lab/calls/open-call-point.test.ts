import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallPoint } from '../../../lib/lab/calls/call.ts';
import { openCallPoint } from '../../../lib/lab/calls/open-call-point.ts';

describe('the point by which calls reach a service', () => {
  let service: Server;
  let point: CallPoint;
  const carriedOut: string[] = [];
  const slept: number[] = [];

  beforeEach(async () => {
    carriedOut.length = 0;
    slept.length = 0;
    service = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        carriedOut.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
        if (request.url === '/broken') request.socket.destroy();
        else response.writeHead(201, { 'x-own': 'yes' }).end('own answer');
      });
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const address = service.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    point = await openCallPoint({
      service: 'checkout',
      caller: 'shop-1',
      upstream: { host: '127.0.0.1', port },
      clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
    });
  });

  afterEach(async () => {
    await point.close();
    service.close();
    service.closeAllConnections();
  });

  const call = async (path = '/pay', body = 'order 7') => {
    const response = await fetch(`http://${point.host}:${point.port}${path}`, { method: 'POST', body });
    return `${response.status} ${response.headers.get('x-own')} ${await response.text()}`;
  };

  it('hands a call on as it is, and the answer back', async () => {
    expect(await call()).toBe('201 yes own answer');
    expect(carriedOut).toEqual(['POST /pay order 7']);
  });

  it('answers in place of the service, which may carry the call out all the same', async () => {
    const answer = { status: 502, headers: { 'content-type': 'text/plain' }, body: 'failed' };
    const skipped = point.addFault(() => ({ answer }));
    expect(await call()).toBe('502 null failed');
    expect(carriedOut).toEqual([]);
    skipped.remove();
    point.addFault(() => ({ answer, isCarriedOut: true }));
    expect(await call()).toBe('502 null failed');
    expect(carriedOut).toEqual(['POST /pay order 7']);
  });

  it('delays a call before the service sees it', async () => {
    point.addFault(() => ({ delayMs: 2_000 }));
    expect(await call()).toBe('201 yes own answer');
    expect(slept).toEqual([2_000]);
  });

  it('lets the earlier of two faults act, leaves alone what a fault does not mean, and counts', async () => {
    const late = point.addFault(({ path }) => (path === '/pay' ? { delayMs: 5 } : undefined));
    const other = point.addFault(({ body }) =>
      body.toString() === 'order 7' ? { answer: { status: 500, headers: {}, body: '' } } : undefined,
    );
    expect(await call('/pay')).toMatch(/^201/);
    expect(await call('/refund')).toMatch(/^500/);
    expect(await call('/refund', 'order 8')).toMatch(/^201/);
    expect(late.counters()).toEqual({ seen: 3, hit: 1 });
    expect(other.counters()).toEqual({ seen: 3, hit: 1 });
    late.remove();
    late.remove();
    expect(await call('/pay')).toMatch(/^500/);
    expect(late.counters()).toEqual({ seen: 3, hit: 1 });
  });

  it('breaks off where the service does, and refuses what no API would take', async () => {
    await expect(call('/broken')).rejects.toThrow();
    const tooLarge = await fetch(`http://${point.host}:${point.port}/pay`, {
      method: 'POST',
      body: Buffer.alloc(16 * 1024 * 1024 + 1),
    }).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect(tooLarge).not.toBe(201);
    expect(carriedOut).toEqual(['POST /broken order 7']);
  });
});
