import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Pipe } from '../../../lib/lab/proxy/pipe.ts';
import { PlacedToxic } from '../../../lib/lab/proxy/placed-toxic.ts';
import { latency } from '../../../lib/lab/proxy/toxics/latency.ts';
import { noTraffic, type Traffic } from '../../../lib/lab/proxy/traffic.ts';
import { fakeTimers } from '../support/fake-timers.ts';
import { sequence } from '../support/sequence.ts';

const oneRead = 64 * 1024;

/** A socket whose other side takes what was written only when the test says so: kernels keep much, and not always the same. */
function receiver() {
  const taken: (() => void)[] = [];
  const socket = Object.assign(new Socket(), {
    _write: (_bytes: unknown, _encoding: unknown, done: () => void) => void taken.push(done),
    // What waits is written as one.
    _writev: (_all: unknown, done: () => void) => void taken.push(done),
  });
  const take = () => {
    for (const done of taken.splice(0)) done();
  };
  return { socket, take, isStuck: () => taken.length > 0 };
}

function delayedPipe(traffic: Traffic, timers: ReturnType<typeof fakeTimers>['timers']) {
  const from = Object.assign(new Socket(), { _read: () => undefined });
  const to = receiver();
  const pipe = new Pipe({
    direction: 'downstream',
    from,
    to: to.socket,
    timers,
    traffic,
    onEnded: () => undefined,
    reset: () => undefined,
    answer: () => undefined,
    answersWait: () => false,
    onPaced: () => undefined,
  });
  pipe.add(new PlacedToxic(1, latency({ direction: 'downstream', delayMs: 10 })), sequence(0.5));
  pipe.start();
  return { from, to, pipe };
}

describe('pipes behind which nobody reads', () => {
  it('hold no more together than their link may, also of what a toxic has let go', async () => {
    const { timers, advance } = fakeTimers();
    const traffic = noTraffic(2 ** 20);
    const pipes = Array.from({ length: 8 }, () => delayedPipe(traffic, timers));
    const flowing = () => pipes.filter(({ from }) => !from.isPaused());
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    let sent = 0;
    // One after the other: each finds room, since what those before it held is on its way.
    for (const { from } of pipes) {
      while (!from.isPaused() && sent < 64 * 2 ** 20) {
        from.push(Buffer.alloc(oneRead));
        sent += oneRead;
        await turn();
      }
      advance(10);
    }
    expect(flowing()).toEqual([]);
    expect(sent).toBeLessThanOrEqual(2 ** 20 + pipes.length * 2 * oneRead);
    // They go on once somebody reads, and nothing is left of what they held.
    while (pipes.some(({ to }) => to.isStuck())) {
      for (const { to } of pipes) to.take();
      await turn();
    }
    expect(flowing()).toHaveLength(pipes.length);
    expect(traffic.held).toBe(0);
    for (const { from, to } of pipes) {
      from.destroy();
      to.socket.destroy();
    }
  });

  it('give back what they held when the receiver goes away', async () => {
    const { timers, advance } = fakeTimers();
    const traffic = noTraffic();
    const { from, to, pipe } = delayedPipe(traffic, timers);
    from.push(Buffer.alloc(4 * oneRead));
    await new Promise((resolve) => setImmediate(resolve));
    advance(10);
    expect(traffic.held).toBe(4 * oneRead);
    to.socket.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    pipe.abandon();
    expect(traffic.held).toBe(0);
    from.destroy();
  });
});
