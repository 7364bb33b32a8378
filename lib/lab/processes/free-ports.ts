import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { SteadfastError } from '../../experiment/steadfast-error.ts';

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, macOS and Windows from 49152): a port from
 * there could be taken by any connection while its service restarts.
 */
const range = { from: 15_000, below: 32_768 };
const attempts = 200;

async function tryToListen(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined; // someone else has it
  }
}

/** Finds ports of loopback on which nobody listens, all different. They stay free until somebody takes them. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = new Map<number, Server>();
  for (let attempt = 0; held.size < count && attempt < count + attempts; attempt += 1) {
    // Not the run's seeded numbers: two labs side by side with the same seed would want the same ports.
    const port = randomInt(range.from, range.below);
    const server = held.has(port) ? undefined : await tryToListen(port);
    if (server !== undefined) held.set(port, server);
  }
  await Promise.all(
    [...held.values()].map(async (server) => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    }),
  );
  if (held.size < count) {
    throw new SteadfastError(
      'cannot-begin',
      `no ${count} free ports between ${range.from} and ${range.below - 1} on 127.0.0.1`,
      {
        hint: 'end what listens there',
      },
    );
  }
  return [...held.keys()];
}
