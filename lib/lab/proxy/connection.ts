import { connect, type Socket } from 'node:net';
import type { Random } from '../../run/ports.ts';
import { Pipe } from './pipe.ts';
import type { PlacedToxic } from './placed-toxic.ts';
import type { Direction } from './toxic.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A connection through a link: the client's socket, the one to the service behind it, and a pipe each way. */
export class Connection {
  readonly #client: Socket;
  readonly #service: Socket;
  readonly #pipes: Readonly<Record<Direction, Pipe>>;
  readonly #ended = new AbortController();

  constructor(client: Socket, upstream: Address, count: (bytes: number, held: boolean) => void) {
    this.#client = client;
    // Half-open: one side may end its sending and still receive, as without the link.
    this.#service = connect({ ...upstream, allowHalfOpen: true, noDelay: true });
    this.#pipes = {
      upstream: new Pipe(client, this.#service, count),
      downstream: new Pipe(this.#service, client, count),
    };
    for (const [socket, other] of [
      [client, this.#service],
      [this.#service, client],
    ] as const) {
      // A failure on one side reaches the other as a reset, as it would without the link; so does a refused connection.
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => {
        if (client.destroyed && this.#service.destroyed) this.#end();
      });
    }
  }

  /** Aborted when the connection is over. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Puts a toxic on this connection if it draws so. */
  affect(placed: PlacedToxic, random: Random): void {
    const { toxic, removed } = placed;
    if (removed.aborted || this.ended.aborted || random.next() >= toxic.toxicity) return;
    placed.countConnection();
    const pipe = this.#pipes[toxic.direction];
    pipe.add(
      placed,
      toxic.affect({
        signal: AbortSignal.any([removed, this.ended]),
        reset: () => this.reset(),
        close: () => {
          this.#client.end();
          this.#service.end();
        },
      }),
    );
  }

  /** Takes a toxic away; what it held goes on. */
  release(placed: PlacedToxic): void {
    this.#pipes[placed.toxic.direction].remove(placed);
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#service.resetAndDestroy();
  }

  destroy(): void {
    this.#client.destroy();
    this.#service.destroy();
    this.#end();
  }

  #end(): void {
    this.#pipes.upstream.close();
    this.#pipes.downstream.close();
    this.#ended.abort();
  }
}
