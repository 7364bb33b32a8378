import { once } from 'node:events';
import { connect } from 'node:net';
import { median } from '../benchmark.ts';

/** Connects, has one byte sent back, and closes. */
async function visit(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.write('x');
  await once(socket, 'data');
  socket.destroy();
}

/** Visits in so many lanes side by side; visits per second. */
async function perSecond(port: number, visits: number, lanes: number): Promise<number> {
  const fromMs = performance.now();
  let left = visits;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (left > 0) {
        left -= 1;
        await visit(port);
      }
    }),
  );
  return visits / ((performance.now() - fromMs) / 1_000);
}

/** New connections per second through the link and through the bare pipe, in turn. */
export async function connectionsPerSecond(
  ports: { readonly link: number; readonly bare: number },
  { visits, pairs }: { readonly visits: number; readonly pairs: number },
) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let pair = 0; pair <= pairs; pair += 1) {
    // Each first as often as the other.
    const order = pair % 2 === 0 ? (['link', 'bare'] as const) : (['bare', 'link'] as const);
    for (const which of order) {
      const measured = await perSecond(ports[which], visits, 32);
      // The first pair warms up.
      if (pair > 0) (which === 'link' ? ours : theirs).push(measured);
    }
  }
  return {
    perSecond: median(ours),
    barePerSecond: median(theirs),
    ratio: median(ours.map((one, pair) => one / (theirs[pair] ?? Number.NaN))),
  };
}
