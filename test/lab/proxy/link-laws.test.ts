import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Direction, Toxic } from '../../../lib/lab/proxy/toxic.ts';
import { toxicTypes } from '../../../lib/lab/proxy/toxic-types.ts';
import { latency } from '../../../lib/lab/proxy/toxics/latency.ts';
import { linkLab, until } from '../support/link-lab.ts';
import { echo, open, readAll } from '../support/sockets.ts';
import { toxic as asked } from '../support/toxic.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

/** The types that lose nothing, with attributes that make them felt. */
const harmless: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  latency: { latency: 20, jitter: 20 },
  bandwidth: { rate: 5 },
  slow_close: { delay: 50 },
  slicer: { average_size: 7, size_variation: 6, delay: 300 },
  noop: {},
  packet_loss: { loss: 0.3, retransmit: 10 },
  connect_delay: { delay: 30, jitter: 30 },
  http_latency: { latency: 40 },
};

const toxic = fc.record({
  name: fc.constantFrom(...Object.keys(harmless)),
  direction: fc.constantFrom<Direction>('upstream', 'downstream'),
  /** After which chunk it is added, changed and taken away. */
  moments: fc.tuple(fc.nat(4), fc.nat(8), fc.nat(8)),
});

const made = (name: string, direction: Direction, toxicity: number): Toxic => {
  const type = toxicTypes.get(name);
  if (type === undefined) throw new Error(`there is no toxic '${name}'`);
  return type.make({ direction, toxicity }, harmless[name] ?? {});
};

describe('a link', () => {
  it('carries bytes unchanged and in order, whatever toxics that lose nothing are added, changed and taken away', async () => {
    const lab = await linkLab(echo);
    close = lab.close;
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { minLength: 1, maxLength: 6 }),
        fc.array(toxic, { maxLength: 5 }),
        async (chunks, toxics) => {
          const socket = await open(lab.link.port);
          const answer = readAll(socket);
          let over = false;
          void answer.finally(() => {
            over = true;
          });
          const placed = toxics.map(() => undefined as ReturnType<typeof lab.link.addToxic> | undefined);
          for (let at = 0; at < 10; at += 1) {
            for (const [index, { name, direction, moments }] of toxics.entries()) {
              if (at === moments[0]) placed[index] = lab.link.addToxic(made(name, direction, 0.7));
              if (at === moments[1]) placed[index]?.update(made(name, direction, 0.9));
              if (at === moments[2]) placed[index]?.remove();
            }
            const bytes = chunks[at];
            if (bytes !== undefined) socket.write(bytes);
            if (at === chunks.length) socket.end();
            lab.advance(3);
            await new Promise((resolve) => setImmediate(resolve));
          }
          while (!over) {
            lab.advance(10);
            await new Promise((resolve) => setImmediate(resolve));
          }
          for (const one of placed) one?.remove();
          expect(await answer).toEqual(Buffer.concat(chunks));
        },
      ),
      { numRuns: 60 },
    );
    await until(() => lab.link.counters().activeConnections === 0);
    expect(lab.pending()).toBe(0);
  });
});

describe('what toxics hold back', () => {
  /** Sends without end; what was taken of it when nothing is taken any more. */
  async function taken(lab: Awaited<ReturnType<typeof linkLab>>, senders: number): Promise<number> {
    const clients = await Promise.all(Array.from({ length: senders }, lab.connect));
    for (const { socket } of clients) {
      const block = Buffer.alloc(256 * 1024);
      const send = () => {
        while (socket.write(block));
      };
      socket.on('drain', send);
      send();
    }
    await until(() => lab.link.counters().bytes > 0);
    // Nothing comes any more when several rounds of the event loop have brought nothing.
    for (let still = 0, before = -1; still < 20; still += 1) {
      const { bytes } = lab.link.counters();
      if (bytes > before) still = 0;
      before = bytes;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return lab.link.counters().bytes;
  }

  it.each([
    ['latency', { latency: 3_600_000 }, 4 * 2 ** 20],
    ['bandwidth', { rate: 10 }, 64 * 1024],
    ['slicer', { average_size: 1, delay: 3_600_000_000 }, 64 * 1024],
    ['reset_peer', { timeout: 3_600_000 }, 4 * 2 ** 20],
  ])('%s is bounded, and then the sender waits', async (name, attributes, mostBytes) => {
    const lab = await linkLab((socket) => void socket.resume());
    close = lab.close;
    lab.link.addToxic(asked(name, attributes, 'upstream'));
    const bytes = await taken(lab, 1);
    expect(bytes).toBeGreaterThan(0);
    // What was read last comes on top: a read of a socket is 64 KiB.
    expect(bytes).toBeLessThanOrEqual(mostBytes + 64 * 1024);
  });

  it('is bounded for all connections of a link together', async () => {
    const lab = await linkLab((socket) => void socket.resume(), { mostHeldBytes: 2 ** 20 });
    close = lab.close;
    const held = lab.link.addToxic(asked('latency', { latency: 3_600_000 }, 'upstream'));
    const bytes = await taken(lab, 10);
    expect(bytes).toBeLessThanOrEqual(2 ** 20 + 10 * 2 * 64 * 1024);
    // It goes on when what was held may go.
    held.remove();
    await until(() => lab.link.counters().bytes > 4 * bytes);
  });
});

describe('many connections', () => {
  const slow = latency({ direction: 'downstream', delayMs: 3_600_000 });

  it('are carried at once, and leave no listener, timer or connection when the link is closed', async () => {
    const lab = await linkLab(echo);
    close = lab.close;
    const placed = lab.link.addToxic(made('latency', 'downstream', 1));
    const clients = await Promise.all(Array.from({ length: 500 }, lab.connect));
    for (const [index, { socket }] of clients.entries()) socket.write(String(index));
    while (clients.some(({ seen }, index) => seen.text !== String(index))) {
      lab.advance(5);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(lab.link.counters()).toMatchObject({ connections: 500, activeConnections: 500 });
    placed.update(slow);
    for (const { socket } of clients) socket.write('held');
    await until(() => lab.pending() === 500);
    await lab.link.close();
    expect(lab.link.counters().activeConnections).toBe(0);
    expect(lab.pending()).toBe(0);
    await Promise.all(clients.map(({ ended }) => ended));
    await expect(open(lab.link.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('are ended with a FIN on both sides by a gentle close, which loses what is held', async () => {
    const lab = await linkLab(echo);
    close = lab.close;
    lab.link.addToxic(slow);
    const clients = await Promise.all(Array.from({ length: 20 }, lab.connect));
    for (const { socket } of clients) socket.write('held');
    await until(() => lab.pending() === 20);
    await lab.link.closeGently();
    for (const { ended } of clients) expect(await ended).toEqual({ text: '', end: 'FIN' });
    for (const { ended } of lab.served) expect((await ended).end).toBe('FIN');
    expect(lab.pending()).toBe(0);
    expect(lab.link.counters().activeConnections).toBe(0);
    await expect(open(lab.link.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await lab.link.close();
  });

  it('do not wait for a client that reads nothing when they are closed gently', async () => {
    const lab = await linkLab((socket) => {
      const block = Buffer.alloc(256 * 1024);
      const send = () => {
        while (socket.write(block));
      };
      socket.on('drain', send);
      send();
    });
    close = lab.close;
    const socket = await open(lab.link.port);
    socket.pause();
    for (let still = 0, before = -1; still < 20; still += 1) {
      const { bytes } = lab.link.counters();
      if (bytes > before) still = 0;
      before = bytes;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await lab.link.closeGently();
    expect(lab.link.counters().activeConnections).toBe(0);
    const gone = once(socket, 'close');
    socket.destroy();
    await gone;
  });
});
