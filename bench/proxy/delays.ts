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

/** Trips through a delaying link and through a bare pipe with a timer, in turn on each of several pairs of connections. */
export async function delays(
  ports: { readonly link: number; readonly bare: number },
  delayMs: number,
  { connections, trips }: { readonly connections: number; readonly trips: number },
) {
  const ours: number[] = [];
  const theirs: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const link = await opened(ports.link);
      const bare = await opened(ports.bare);
      // The first of each goes through code that nobody has run yet.
      await tripMs(link);
      await tripMs(bare);
      for (let trip = 0; trip < trips; trip += 1) {
        ours.push((await tripMs(link)) - delayMs);
        theirs.push((await tripMs(bare)) - delayMs);
      }
      link.destroy();
      bare.destroy();
    }),
  );
  return {
    errorP95Ms: quantile(ours, 0.95) - quantile(theirs, 0.95),
    medianMs: median(ours),
    bareMedianMs: median(theirs),
    p95Ms: quantile(ours, 0.95),
    bareP95Ms: quantile(theirs, 0.95),
    earliestMs: Math.min(...ours),
    trips: ours.length,
  };
}
