import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Random } from '../../run/ports.ts';
import { type Address, Connection } from './connection.ts';
import { PlacedToxic } from './placed-toxic.ts';
import type { AddedToxic, Toxic } from './toxic.ts';

/** What went through a link since it was opened. */
export interface LinkCounters {
  readonly connections: number;
  readonly activeConnections: number;
  /** Bytes of both directions together, those still held back included. */
  readonly bytes: number;
  /** Pieces that a toxic held back. */
  readonly delayedChunks: number;
}

/** The way from one process to a service it uses: a listener on loopback in front of the real address. */
export interface Link {
  readonly host: string;
  readonly port: number;
  /** The real address that it leads to. */
  readonly upstream: Address;
  counters(): LinkCounters;
  /** How many toxics are on it now, whoever put them there. */
  toxicsInPlace(): number;
  /** Puts a toxic on all connections, open and to come. */
  addToxic(toxic: Toxic): AddedToxic;
  /** Closes the listener and destroys every connection. Twice is no error. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

class TcpLink implements Link {
  readonly host = loopback;
  readonly port: number;
  readonly upstream: Address;
  readonly #server: Server;
  readonly #random: Random;
  readonly #connections = new Set<Connection>();
  readonly #toxics = new Set<PlacedToxic>();
  #total = 0;
  #bytes = 0;
  #delayedChunks = 0;

  constructor(server: Server, port: number, upstream: Address, random: Random) {
    this.#server = server;
    this.port = port;
    this.upstream = upstream;
    this.#random = random;
    server.on('connection', (client) => this.#accept(client, upstream));
  }

  counters(): LinkCounters {
    return {
      connections: this.#total,
      activeConnections: this.#connections.size,
      bytes: this.#bytes,
      delayedChunks: this.#delayedChunks,
    };
  }

  toxicsInPlace(): number {
    return this.#toxics.size;
  }

  addToxic(toxic: Toxic): AddedToxic {
    const placed = new PlacedToxic(toxic);
    this.#toxics.add(placed);
    for (const connection of this.#connections) connection.affect(placed, this.#random);
    return {
      counters: () => placed.counters(),
      remove: () => {
        if (!this.#toxics.delete(placed)) return;
        placed.remove();
        for (const connection of this.#connections) connection.release(placed);
      },
    };
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #accept(client: Socket, upstream: Address): void {
    const connection = new Connection(client, upstream, (bytes, held) => {
      this.#bytes += bytes;
      if (held) this.#delayedChunks += 1;
    });
    this.#total += 1;
    this.#connections.add(connection);
    connection.ended.addEventListener('abort', () => this.#connections.delete(connection), { once: true });
    for (const toxic of this.#toxics) connection.affect(toxic, this.#random);
  }
}

/** Opens a link on a free port of loopback. Rejects when none can be had. */
export async function openLink(options: {
  readonly upstream: Address;
  readonly random: Random;
}): Promise<Link> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(0, loopback);
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return new TcpLink(server, port, options.upstream, options.random);
}
