import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { linkLab, until } from '../../support/link-lab.ts';
import { toxic } from '../../support/toxic.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

async function labWith(onConnection: (socket: Socket) => void) {
  const lab = await linkLab(onConnection);
  close = lab.close;
  return lab;
}

describe('a reset', () => {
  it('of the service reaches the client behind what is still on its way', async () => {
    const { link, connect, advance, served } = await labWith((socket) => void socket.write('last words'));
    link.addToxic(toxic('latency', { latency: 3_000 }));
    const client = await connect();
    await until(() => link.counters().bytes === 10);
    served[0]?.socket.resetAndDestroy();
    await served[0]?.ended;
    advance(2_999);
    // A trip of another connection: whatever came of the reset would have come before.
    const other = await connect();
    await until(() => link.counters().bytes === 20);
    expect(client.seen).toEqual({ text: '' });
    advance(1);
    expect(await client.ended).toEqual({ text: 'last words', end: 'ECONNRESET' });
    expect(other.seen.end).toBeUndefined();
    await until(() => link.counters().activeConnections === 1);
  });

  it('of the client reaches the service, and frees what was held for the client', async () => {
    const { link, connect, served, pending } = await labWith((socket) => void socket.write('slow'));
    link.addToxic(toxic('latency', { latency: 3_600_000 }));
    const client = await connect();
    await until(() => pending() === 1);
    client.socket.resetAndDestroy();
    await until(() => served[0]?.seen.end === 'ECONNRESET');
    await until(() => link.counters().activeConnections === 0);
    expect(pending()).toBe(0);
  });

  it('in the moment of a FIN ends both sides all the same', async () => {
    const { link, connect, advance, pending, served } = await labWith((socket) => void socket.end());
    link.addToxic(toxic('slow_close', { delay: 100 }));
    link.addToxic(toxic('reset_peer', { timeout: 100 }, 'upstream'));
    const client = await connect();
    // The service's FIN is held; then the client's byte, and the reset that it brings.
    await until(() => pending() === 1);
    client.socket.write('x');
    await until(() => pending() === 3);
    advance(100);
    // What is sent to a socket that is gone is answered with a reset; one that is forgotten takes it in silence.
    await client.ended;
    await until(() => {
      if (client.socket.writable) client.socket.write('more');
      return client.socket.destroyed;
    });
    expect((await served[0]?.ended)?.end).toBe('ECONNRESET');
    await until(() => link.counters().activeConnections === 0);
  });
});
