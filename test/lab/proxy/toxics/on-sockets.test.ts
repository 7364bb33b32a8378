import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Direction } from '../../../../lib/lab/proxy/toxic.ts';
import { linkLab, trip, until } from '../../support/link-lab.ts';
import { echo } from '../../support/sockets.ts';
import { toxic } from '../../support/toxic.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

async function labWith(onConnection: (socket: Socket) => void) {
  const lab = await linkLab(onConnection);
  close = lab.close;
  return lab;
}

/** Answers with text and ends. */
const answering = (text: string) => (socket: Socket) => void socket.end(text);

/** Answers when the client has ended its question. */
const hearing = (socket: Socket) => void socket.on('end', () => socket.end('heard'));

describe.each<Direction>(['downstream', 'upstream'])('%s', (direction) => {
  it('timeout swallows all, and closes both sides with a FIN when nothing came for the time', async () => {
    const { link, connect, advance, pending, served } = await labWith(echo);
    const client = await connect();
    const placed = link.addToxic(toxic('timeout', { timeout: 500 }, direction));
    client.socket.write('lost');
    await until(() => placed.counters().bytes === 4);
    advance(500);
    expect(await client.ended).toEqual({ text: '', end: 'FIN' });
    expect((await served[0]?.ended)?.end).toBe('FIN');
    await until(() => link.counters().activeConnections === 0);
    expect(pending()).toBe(0);
  });

  it('timeout 0 swallows for ever, and closes with a FIN when it is taken away', async () => {
    const { link, connect, advance } = await labWith(echo);
    const placed = link.addToxic(toxic('timeout', {}, direction));
    const client = await connect();
    client.socket.write('lost');
    await until(() => placed.counters().bytes === 4);
    advance(3_600_000);
    expect(client.seen.end).toBeUndefined();
    placed.remove();
    expect(await client.ended).toEqual({ text: '', end: 'FIN' });
  });

  it('reset_peer resets both sides once the first piece has come, also of a connection open before', async () => {
    const { link, connect, served } = await labWith(echo);
    const client = await connect();
    await trip(client, 'before');
    link.addToxic(toxic('reset_peer', {}, direction));
    client.socket.write('x');
    expect(await client.ended).toEqual({ text: 'before', end: 'ECONNRESET' });
    expect((await served[0]?.ended)?.end).toBe('ECONNRESET');
  });

  it('reset_peer that is taken away before its time gives back what it held', async () => {
    const { link, connect } = await labWith(echo);
    const client = await connect();
    const placed = link.addToxic(toxic('reset_peer', { timeout: 300 }, direction));
    client.socket.write('kept');
    await until(() => placed.counters().bytes === 4);
    placed.remove();
    await trip(client, '');
    await until(() => client.seen.text === 'kept');
    expect(client.seen.end).toBeUndefined();
  });

  it('limit_data passes its bytes, then ends both sides', async () => {
    const { link, connect, served } = await labWith(echo);
    link.addToxic(toxic('limit_data', { bytes: 5 }, direction));
    const client = await connect();
    await trip(client, 'ab');
    client.socket.write('cdefgh');
    const seen = await client.ended;
    expect(seen.end).toBe('FIN');
    if (direction === 'downstream') expect(seen.text).toBe('abcde');
    else expect(await served[0]?.ended).toEqual({ text: 'abcde', end: 'FIN' });
    await until(() => link.counters().activeConnections === 0);
  });

  it('bandwidth lets nothing through at 0, and all of it once it is changed', async () => {
    const { link, connect } = await labWith(echo);
    const client = await connect();
    const placed = link.addToxic(toxic('bandwidth', {}, direction));
    client.socket.write('waits');
    await until(() => placed.counters().bytes === 5);
    expect(client.seen.text).toBe('');
    placed.update(toxic('bandwidth', { rate: 1_000_000 }, direction));
    await until(() => client.seen.text === 'waits');
  });

  it('slicer cuts what is sent, and keeps its order', async () => {
    const { link, connect, advance, pending } = await labWith(echo);
    const placed = link.addToxic(
      toxic('slicer', { average_size: 4, size_variation: 2, delay: 10_000 }, direction),
    );
    const client = await connect();
    const text = 'the quick brown fox jumps over the lazy dog';
    client.socket.write(text);
    await until(() => placed.counters().bytes === text.length);
    // The first slice goes at once; all others wait for their turn.
    await until(() => client.seen.text.length > 0);
    expect(client.seen.text.length).toBeLessThanOrEqual(6);
    while (pending() > 0) advance(10);
    await until(() => client.seen.text === text);
  });

  it('latency is felt at once by an open connection when it is added, changed and taken away', async () => {
    const { link, connect, advance } = await labWith(echo);
    const client = await connect();
    await trip(client, 'a');
    const placed = link.addToxic(toxic('latency', { latency: 100 }, direction));
    const held = async (text: string, ms: number) => {
      const before = placed.counters().chunks;
      client.socket.write(text);
      await until(() => placed.counters().chunks > before);
      advance(ms - 1);
      expect(client.seen.text).not.toContain(text);
      advance(1);
      await until(() => client.seen.text.endsWith(text));
    };
    await held('b', 100);
    placed.update(toxic('latency', { latency: 30 }, direction));
    await held('c', 30);
    placed.remove();
    await trip(client, 'd');
    expect(client.seen.text).toBe('abcd');
    expect(placed.counters()).toMatchObject({ connections: 1, chunks: 2, bytes: 2, longestMs: 100 });
  });
});

describe('slow_close', () => {
  it('delays the FIN of an answer, and not the answer', async () => {
    const { link, connect, advance, pending } = await labWith(answering('hello'));
    link.addToxic(toxic('slow_close', { delay: 500 }));
    const client = await connect();
    await until(() => client.seen.text === 'hello' && pending() === 1);
    advance(499);
    expect(client.seen.end).toBeUndefined();
    advance(1);
    expect((await client.ended).end).toBe('FIN');
  });

  it('delays the half-close of a client, who then gets the answer to it', async () => {
    const { link, connect, advance, pending, served } = await labWith(hearing);
    link.addToxic(toxic('slow_close', { delay: 500 }, 'upstream'));
    const client = await connect();
    client.socket.end('question');
    await until(() => served[0]?.seen.text === 'question' && pending() === 1);
    expect(served[0]?.seen.end).toBeUndefined();
    advance(500);
    expect(await client.ended).toEqual({ text: 'heard', end: 'FIN' });
  });
});

describe('down', () => {
  it('closes what is open with a FIN, resets what is new, and the service hears nothing of that', async () => {
    const { link, connect, served } = await labWith(echo);
    const client = await connect();
    await trip(client, 'x');
    const placed = link.addToxic(toxic('down'));
    expect([placed.counters().chunks, link.piecesAffected()]).toEqual([1, 1]);
    expect((await client.ended).end).toBe('FIN');
    // The reset may come before the client has heard that it is connected.
    const late = await connect().then(
      async ({ ended }) => (await ended).end,
      (refused: NodeJS.ErrnoException) => refused.code,
    );
    expect(late).toBe('ECONNRESET');
    expect(served).toHaveLength(1);
    placed.remove();
    const back = await connect();
    await trip(back, 'back');
    // The service takes connections in their order: one that the refused client had left behind would be there by now.
    expect(served).toHaveLength(2);
    expect(placed.counters()).toMatchObject({ connections: 2, chunks: 2 });
  });
});

describe('connect_delay', () => {
  it('lets a new connection reach the service after the delay, with what was sent meanwhile', async () => {
    const { link, connect, advance, pending, served } = await labWith(echo);
    const placed = link.addToxic(toxic('connect_delay', { delay: 2_000 }));
    const client = await connect();
    client.socket.write('early');
    await until(() => pending() === 1);
    advance(1_999);
    expect(served).toHaveLength(0);
    advance(1);
    await until(() => client.seen.text === 'early');
    expect(placed.counters()).toMatchObject({ connections: 1, chunks: 1, longestMs: 2_000 });
  });

  it('lets those go on that still wait when it is taken away, and forgets them when the link is closed', async () => {
    const { link, connect, pending } = await labWith(echo);
    const placed = link.addToxic(toxic('connect_delay', { delay: 3_600_000 }));
    const client = await connect();
    await until(() => pending() === 1);
    placed.remove();
    await trip(client, 'x');
    expect(pending()).toBe(0);
    link.addToxic(toxic('connect_delay', { delay: 3_600_000 }));
    const late = await connect();
    await until(() => pending() === 1);
    await link.close();
    expect((await late.ended).end).toBe('ECONNRESET');
    expect(pending()).toBe(0);
  });
});

describe('toxicity', () => {
  it('resets only the connections that it drew, and each of those', async () => {
    const { link, connect } = await labWith(echo);
    const before = await Promise.all(Array.from({ length: 30 }, connect));
    for (const client of before) await trip(client, 'x');
    const placed = link.addToxic(toxic('reset_peer', {}, 'downstream', 0.5));
    const clients = [...before, ...(await Promise.all(Array.from({ length: 30 }, connect)))];
    await until(() => link.counters().connections === 60);
    const drawn = placed.counters().connections;
    expect(drawn).toBeGreaterThan(15);
    expect(drawn).toBeLessThan(45);
    for (const { socket } of clients) socket.write('y');
    await until(() => clients.every(({ seen }) => seen.end !== undefined || seen.text.endsWith('y')));
    expect(clients.filter(({ seen }) => seen.end === 'ECONNRESET')).toHaveLength(drawn);
  });

  it('adds connections when it is raised and takes some away when it is lowered, each by its own draw', async () => {
    const { link, connect } = await labWith(echo);
    const clients = await Promise.all(Array.from({ length: 40 }, connect));
    await until(() => link.counters().connections === 40);
    const placed = link.addToxic(toxic('timeout', {}, 'upstream', 0.3));
    const few = placed.counters().connections;
    placed.update(toxic('timeout', {}, 'upstream', 0.7));
    const many = placed.counters().connections;
    expect(few).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(few);
    expect(many).toBeLessThan(40);
    placed.update(toxic('timeout', {}, 'upstream', 0));
    await until(() => clients.filter(({ seen }) => seen.end === 'FIN').length === many);
    for (const client of clients) if (client.seen.end === undefined) await trip(client, 'x');
  });
});
