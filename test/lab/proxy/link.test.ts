import { once } from 'node:events';
import type { Socket } from 'node:net';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Link, openLink } from '../../../lib/lab/proxy/link.ts';
import type { Toxic } from '../../../lib/lab/proxy/toxic.ts';
import { latency } from '../../../lib/lab/proxy/toxics/latency.ts';
import { sequence } from '../support/sequence.ts';
import { echo, listen, open, readAll, roundTripMs } from '../support/sockets.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const random = sequence(0.1, 0.7, 0.4, 0.9);

async function linkTo(onConnection: (socket: Socket) => void) {
  const service = await listen(onConnection);
  cleanUps.push(service.close);
  const link = await openLink({ upstream: { host: '127.0.0.1', port: service.port }, random });
  cleanUps.push(() => link.close());
  return { link, service };
}

async function openTo(link: Link): Promise<Socket> {
  const socket = await open(link.port);
  cleanUps.push(async () => void socket.destroy());
  return socket;
}

const delayed = (delayMs: number, direction: Toxic['direction'] = 'upstream', toxicity = 1) =>
  latency({ direction, delayMs, toxicity });

/** Cuts every piece into single bytes of different delays: the hardest case for their order. */
const crumbling: Toxic = {
  direction: 'downstream',
  toxicity: 1,
  affect: ({ random: drawn }) => ({
    pass: (piece) =>
      piece.kind === 'bytes'
        ? [...piece.bytes].map((byte) => ({
            piece: { kind: 'bytes', bytes: Buffer.of(byte) },
            holdMs: 3 * drawn.next(),
          }))
        : [{ piece, holdMs: 0 }],
  }),
};

describe('a link', () => {
  it('carries bytes unchanged and in order, whatever the chunks and the toxics, added and removed on the way', async () => {
    const { link } = await linkTo(echo);
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const toxics = fc.subarray([
      delayed(2),
      latency({ direction: 'downstream', delayMs: 2, jitterMs: 2 }),
      crumbling,
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { minLength: 1, maxLength: 8 }),
        toxics,
        fc.boolean(),
        async (chunks, chosen, removed) => {
          const socket = await open(link.port);
          const answer = readAll(socket);
          const added = chosen.map((toxic) => link.addToxic(toxic));
          for (const [index, bytes] of chunks.entries()) {
            socket.write(bytes);
            if (removed && index === chunks.length >> 1) for (const toxic of added) toxic.remove();
            await new Promise((resolve) => setImmediate(resolve));
          }
          socket.end();
          expect(await answer).toEqual(Buffer.concat(chunks));
          for (const toxic of added) toxic.remove();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('passes on a half-close, so that an answer can come after the question has ended', async () => {
    const { link } = await linkTo((socket) => {
      socket.resume();
      socket.on('end', () => socket.end('the answer'));
    });
    const socket = await openTo(link);
    socket.end('the question');
    expect((await readAll(socket)).toString()).toBe('the answer');
  });

  it('resets a client whose service refuses the connection', async () => {
    const { link, service } = await linkTo(echo);
    await service.close();
    cleanUps.shift();
    const socket = await openTo(link);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  it('lets the sender wait while the receiver reads nothing, and loses nothing', async () => {
    let receiver: Socket | undefined;
    const { link } = await linkTo((socket) => {
      receiver = socket.pause();
    });
    const socket = await openTo(link);
    const size = 48 * 1024 * 1024;
    socket.end(Buffer.alloc(size));
    // Everything stands still once the buffers on the way are full.
    for (
      let before = -1;
      link.counters().bytes > before;
      await new Promise((resolve) => setTimeout(resolve, 50))
    ) {
      before = link.counters().bytes;
    }
    expect(link.counters().bytes).toBeLessThan(size / 2);
    let received = 0;
    receiver?.on('data', (bytes: Buffer) => {
      received += bytes.length;
    });
    receiver?.resume();
    await once(receiver ?? socket, 'end');
    expect(received).toBe(size);
  });

  it('counts connections, bytes and delayed chunks', async () => {
    const { link } = await linkTo(echo);
    const first = await openTo(link);
    await roundTripMs(first);
    const toxic = link.addToxic(delayed(5));
    await roundTripMs(first);
    expect(link.counters()).toEqual({ connections: 1, activeConnections: 1, bytes: 4, delayedChunks: 1 });
    expect(toxic.counters()).toMatchObject({ connections: 1, chunks: 1, bytes: 1 });
    // What is due within half a timer's step goes at once.
    expect(toxic.counters().longestMs).toBeGreaterThanOrEqual(4.5);
  });

  it('takes no connections once it is closed, and destroys those that are open', async () => {
    const { link } = await linkTo(echo);
    const socket = await openTo(link);
    await roundTripMs(socket);
    const ended = once(socket.resume(), 'end');
    await link.close();
    await ended;
    expect(link.counters().activeConnections).toBe(0);
    await expect(open(link.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await link.close();
  });
});

describe('a latency toxic on a link', () => {
  it('delays an established connection while it is there, and only then', async () => {
    const { link } = await linkTo(echo);
    const socket = await openTo(link);
    const bareMs = await roundTripMs(socket);
    const toxic = link.addToxic(delayed(80));
    expect(await roundTripMs(socket)).toBeGreaterThanOrEqual(79);
    toxic.remove();
    expect(bareMs).toBeLessThan(79);
    expect(await roundTripMs(socket)).toBeLessThan(79);
  });

  it('delays each direction for itself', async () => {
    const { link } = await linkTo(echo);
    link.addToxic(delayed(40, 'upstream'));
    link.addToxic(delayed(40, 'downstream'));
    expect(await roundTripMs(await openTo(link))).toBeGreaterThanOrEqual(79);
  });

  it('sends on at once what it still holds when it is taken away', async () => {
    const { link } = await linkTo(echo);
    const socket = await openTo(link);
    const toxic = link.addToxic(delayed(3_600_000));
    const trip = roundTripMs(socket);
    while (toxic.counters().chunks === 0) await new Promise((resolve) => setImmediate(resolve));
    toxic.remove();
    expect(await trip).toBeLessThan(60_000);
  });

  it('draws for each connection whether it is affected', async () => {
    const { link } = await linkTo(echo);
    const sockets = await Promise.all(Array.from({ length: 40 }, () => openTo(link)));
    await Promise.all(sockets.map(roundTripMs));
    const toxic = link.addToxic(delayed(1, 'upstream', 0.5));
    await Promise.all(sockets.map(roundTripMs));
    await Promise.all(sockets.map(roundTripMs));
    const { connections, chunks } = toxic.counters();
    expect(connections).toBeGreaterThan(8);
    expect(connections).toBeLessThan(32);
    // Those affected are so for each of their pieces.
    expect(chunks).toBe(2 * connections);
  });
});
