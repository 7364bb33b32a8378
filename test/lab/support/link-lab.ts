import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type Link, type LinkOptions, openLink } from '../../../lib/lab/proxy/link.ts';
import { seededRandom } from '../../../lib/run/seeded-random.ts';
import { fakeTimers } from './fake-timers.ts';
import { listen, open } from './sockets.ts';

/** What one end of a connection has seen: what came, and how it ended. */
export interface Seen {
  /** As text. */
  text: string;
  /** `FIN`, or the code of the error that it ended with; undefined while it is open. */
  end?: string;
}

/** Reads a socket and keeps what it sees. */
function watch(socket: Socket): { readonly seen: Seen; readonly ended: Promise<Seen> } {
  const seen: Seen = { text: '' };
  socket.on('data', (bytes: Buffer) => {
    seen.text += bytes.toString('latin1');
  });
  const ended = new Promise<Seen>((resolve) => {
    const end = (how: string) => {
      seen.end ??= how;
      resolve(seen);
    };
    socket.on('end', () => end('FIN'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.on('close', () => end('closed'));
  });
  return { seen, ended };
}

/** Waits for something that is sure to come, without a time of its own: the test's limit is the limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A link to a service of the test, in time that goes as the test says. */
export async function linkLab(
  onConnection: (socket: Socket) => void,
  options: Pick<LinkOptions, 'mostHeldBytes'> = {},
) {
  const served: { readonly socket: Socket; readonly seen: Seen; readonly ended: Promise<Seen> }[] = [];
  const service = await listen((socket) => {
    served.push({ socket, ...watch(socket) });
    onConnection(socket);
  });
  const time = fakeTimers();
  const link: Link = await openLink({
    upstream: { host: '127.0.0.1', port: service.port },
    random: seededRandom(1),
    timers: time.timers,
    ...options,
  });
  const clients: Socket[] = [];
  return {
    link,
    ...time,
    /** The service's ends of the connections, in the order in which they came. */
    served,
    /** A client that is connected, and what it sees. */
    connect: async () => {
      const socket = await open(link.port);
      clients.push(socket);
      return { socket, ...watch(socket) };
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await link.close();
      await service.close();
    },
    /** Closes the service alone: it refuses connections from now on. */
    closeService: async () => {
      await service.close();
    },
  };
}

/** Sends text and waits for as much in return. */
export async function trip(
  client: { readonly socket: Socket; readonly seen: Seen },
  text: string,
): Promise<void> {
  const before = client.seen.text.length;
  client.socket.write(text);
  while (client.seen.text.length < before + text.length) await once(client.socket, 'data');
}
