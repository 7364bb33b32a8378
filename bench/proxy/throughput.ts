import { once } from 'node:events';
import { connect } from 'node:net';
import { median } from '../benchmark.ts';
import type { Helper } from './helper.ts';

/** Downloads all that a service sends; mebibytes per second from the first of them. */
async function download(port: number, bytes: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port });
  let came = 0;
  socket.on('data', (chunk: Buffer) => {
    came += chunk.length;
  });
  const fromMs = performance.now();
  await once(socket, 'close');
  if (came !== bytes) throw new Error(`${came} bytes came instead of ${bytes}`);
  return bytes / 2 ** 20 / ((performance.now() - fromMs) / 1_000);
}

/** One download through each, and what it took of the proxy's processor, in milliseconds per mebibyte. */
async function measured(proxy: Helper, bytes: number) {
  const before = await proxy.usage();
  const mibPerSecond = await download(proxy.port('source'), bytes);
  const after = await proxy.usage();
  return { mibPerSecond, cpu: after.cpuMs - before.cpuMs };
}

/** Downloads through the link and through the bare pipe in turn, each first as often as the other: noise hits both. */
export async function throughput(link: Helper, bare: Helper, bytes: number, pairs: number) {
  const rounds = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const first = await measured(pair % 2 === 0 ? link : bare, bytes);
    const second = await measured(pair % 2 === 0 ? bare : link, bytes);
    const [ours, theirs] = pair % 2 === 0 ? [first, second] : [second, first];
    // The first pair warms up.
    if (pair > 0) rounds.push({ ours, theirs });
  }
  const mib = bytes / 2 ** 20;
  return {
    ratio: median(rounds.map(({ ours, theirs }) => ours.mibPerSecond / theirs.mibPerSecond)),
    cpuRatio: median(rounds.map(({ ours, theirs }) => ours.cpu / theirs.cpu)),
    mibPerSecond: median(rounds.map(({ ours }) => ours.mibPerSecond)),
    bareMibPerSecond: median(rounds.map(({ theirs }) => theirs.mibPerSecond)),
    cpuMsPerMib: median(rounds.map(({ ours }) => ours.cpu / mib)),
  };
}
