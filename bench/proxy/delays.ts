import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { median, quantile } from '../benchmark.ts';

async function opened(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** How many milliseconds one byte takes to the echo and back. */
async function tripMs(socket: Socket): Promise<number> {
  const fromMs = performance.now();
  socket.write('x');
  await once(socket, 'data');
  return performance.now() - fromMs;
}

interface Pair {
  readonly link: Socket;
  readonly bare: Socket;
}

/** By how much trips miss the delay, through the link and through the bare pipe, both at the same time, so that noise hits both. */
async function round(pairs: readonly Pair[], delayMs: number, trips: number) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  await Promise.all(
    pairs.map(async ({ link, bare }) => {
      for (let trip = 0; trip < trips; trip += 1) {
        const [linkMs, bareMs] = await Promise.all([tripMs(link), tripMs(bare)]);
        ours.push(linkMs - delayMs);
        theirs.push(bareMs - delayMs);
      }
    }),
  );
  return { ours, theirs };
}

/**
 * Trips through a delaying link and through a bare pipe with a timer, over several pairs of connections, in rounds. The error is the
 * median of the rounds': what befalls the machine for a moment is one round's.
 */
export async function delays(
  ports: { readonly link: number; readonly bare: number },
  delayMs: number,
  extent: { readonly connections: number; readonly trips: number; readonly rounds: number },
) {
  const pairs = await Promise.all(
    Array.from({ length: extent.connections }, async () => ({
      link: await opened(ports.link),
      bare: await opened(ports.bare),
    })),
  );
  // The first go through code that nobody has run yet.
  await round(pairs, delayMs, 1);
  const rounds = [];
  for (let number = 0; number < extent.rounds; number += 1)
    rounds.push(await round(pairs, delayMs, extent.trips));
  for (const { link, bare } of pairs) {
    link.destroy();
    bare.destroy();
  }
  const p95 = (numbers: readonly number[]) => quantile(numbers, 0.95);
  const ours = rounds.flatMap((one) => one.ours);
  const theirs = rounds.flatMap((one) => one.theirs);
  return {
    errorP95Ms: median(rounds.map((one) => p95(one.ours) - p95(one.theirs))),
    medianMs: median(ours),
    bareMedianMs: median(theirs),
    p95Ms: median(rounds.map((one) => p95(one.ours))),
    bareP95Ms: median(rounds.map((one) => p95(one.theirs))),
    earliestMs: Math.min(...ours),
    trips: ours.length,
  };
}
