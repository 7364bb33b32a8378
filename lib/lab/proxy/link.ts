import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Random } from '../../run/ports.ts';
import { type Address, Connection } from './connection.ts';
import { type Draws, drawsOf } from './draws.ts';
import { PlacedToxic } from './placed-toxic.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { AddedToxic, Toxic } from './toxic.ts';
import { type BytesByDirection, noTraffic, type Traffic } from './traffic.ts';

/** What went through a link since it was opened. */
export interface LinkCounters {
  readonly connections: number;
  readonly activeConnections: number;
  /** Bytes of both directions together, those still held back included. */
  readonly bytes: number;
  /** Pieces that a toxic held back. */
  readonly delayedChunks: number;
}

/** The way from one process to a service it uses: a listener in front of the real address. */
export interface Link {
  readonly host: string;
  readonly port: number;
  /** The real address that it leads to. */
  readonly upstream: Address;
  counters(): LinkCounters;
  bytesByDirection(): BytesByDirection;
  /** How many toxics are on it now, whoever put them there. */
  toxicsInPlace(): number;
  /** What all its toxics have held back, swallowed, split or refused so far, those taken away included. */
  piecesAffected(): number;
  /** Puts a toxic on all connections, open and to come. */
  addToxic(toxic: Toxic): AddedToxic;
  /** Closes the listener and destroys every connection. Twice is no error. */
  close(): Promise<void>;
  /** Closes the listener and ends every connection with a FIN, as a proxy that is disabled. Closing it afterwards is no error. */
  closeGently(): Promise<void>;
}

export interface LinkOptions {
  readonly upstream: Address;
  /** One number is taken from it: what is drawn for each connection is derived from that, and is the same for the same seed. */
  readonly random: Random;
  /** Where to listen: by default on a free port of loopback; port 0 is any free one. */
  readonly listen?: Address;
  readonly timers?: Timers;
  /** What all toxics on all connections may hold back together, in bytes, before senders wait; 256 MiB by default. */
  readonly mostHeldBytes?: number;
}

const loopback = '127.0.0.1';

class TcpLink implements Link {
  readonly host: string;
  readonly port: number;
  readonly upstream: Address;
  readonly #server: Server;
  readonly #draws: Draws;
  readonly #timers: Timers;
  readonly #connections = new Set<Connection>();
  readonly #toxics = new Set<PlacedToxic>();
  readonly #traffic: Traffic;
  #toxicsAdded = 0;
  /** By toxics that have been taken away. */
  #affectedBefore = 0;
  #total = 0;

  constructor(server: Server, at: Address, options: LinkOptions) {
    const { upstream, random, timers = systemTimers, mostHeldBytes } = options;
    this.#server = server;
    this.host = at.host;
    this.port = at.port;
    this.upstream = upstream;
    this.#draws = drawsOf(random);
    this.#timers = timers;
    this.#traffic = noTraffic(mostHeldBytes);
    server.on('connection', (client) => this.#accept(client));
    // One connection that could not be accepted (no descriptor was free) is no reason to end the others.
    server.on('error', () => undefined);
  }

  counters(): LinkCounters {
    const { upstream, downstream } = this.#traffic.bytes;
    return {
      connections: this.#total,
      activeConnections: this.#connections.size,
      bytes: upstream.received + downstream.received,
      delayedChunks: this.#traffic.delayedChunks,
    };
  }

  bytesByDirection(): BytesByDirection {
    return structuredClone(this.#traffic.bytes);
  }

  toxicsInPlace(): number {
    return this.#toxics.size;
  }

  piecesAffected(): number {
    return [...this.#toxics].reduce((sum, placed) => sum + placed.counters().chunks, this.#affectedBefore);
  }

  addToxic(toxic: Toxic): AddedToxic {
    this.#toxicsAdded += 1;
    const placed = new PlacedToxic(this.#toxicsAdded, toxic);
    this.#toxics.add(placed);
    for (const connection of this.#connections) connection.affect(placed);
    return {
      counters: () => placed.counters(),
      update: (changed) => {
        if (!this.#toxics.has(placed)) return;
        placed.update(changed);
        for (const connection of this.#connections) connection.affect(placed);
      },
      remove: () => {
        if (!this.#toxics.delete(placed)) return;
        this.#affectedBefore += placed.counters().chunks;
        for (const connection of this.#connections) connection.release(placed);
      },
    };
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await this.#closeServer();
  }

  async closeGently(): Promise<void> {
    const closed = [...this.#connections].map((connection) => connection.close());
    await Promise.all([this.#closeServer(), ...closed]);
  }

  async #closeServer(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #accept(client: Socket): void {
    this.#total += 1;
    const connection = new Connection(
      {
        client,
        upstream: this.upstream,
        number: this.#total,
        draws: this.#draws,
        timers: this.#timers,
        traffic: this.#traffic,
        onEnd: (ended) => this.#connections.delete(ended),
      },
      this.#toxics,
    );
    if (!connection.ended) this.#connections.add(connection);
  }
}

/** Opens a link. Rejects when it cannot listen there. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { host, port } = options.listen ?? { host: loopback, port: 0 };
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const at =
    address !== null && typeof address === 'object'
      ? { host: address.address, port: address.port }
      : { host, port };
  return new TcpLink(server, at, options);
}
