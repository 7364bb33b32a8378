import { Socket } from 'node:net';
import type { Random } from '../../run/ports.ts';
import type { Draws } from './draws.ts';
import { Opening } from './opening.ts';
import { Pipe } from './pipe.ts';
import type { PlacedToxic } from './placed-toxic.ts';
import type { Timers } from './timers.ts';
import type { Direction } from './toxic.ts';
import type { Traffic } from './traffic.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionOptions {
  /** Paused: it is read once the service is reached. */
  readonly client: Socket;
  readonly upstream: Address;
  /** Which connection of its link it is: what its draws are derived from. */
  readonly number: number;
  readonly draws: Draws;
  readonly timers: Timers;
  readonly traffic: Traffic;
  onEnd(connection: Connection): void;
}

const opposite = { upstream: 'downstream', downstream: 'upstream' } as const;

/** Ends a socket with a FIN, unless that would have to wait for its receiver; resolves when it is gone. */
const gone = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.closed) {
      resolve();
      return;
    }
    socket.once('close', () => resolve());
    if (socket.writableLength > 0 || socket.connecting || socket.pending) socket.destroy();
    else socket.end(() => socket.destroy());
  });

/**
 * Ends a socket with a RST. While its FIN is on the way to the kernel libuv refuses that (uv_tcp_close_reset, EINVAL), and Node would
 * leave it open for ever without a word: it is reset once the FIN has gone. What has nobody at the other end yet is only let go.
 */
function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.pending) socket.destroy();
  else if (socket.writableEnded && !socket.writableFinished && socket.writableLength === 0)
    socket.once('finish', () => reset(socket));
  else socket.resetAndDestroy();
}

/** A connection through a link: the client's socket, the one to the service behind it, and a pipe each way. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #client: Socket;
  readonly #service: Socket;
  readonly #pipes: Readonly<Record<Direction, Pipe>>;
  readonly #opening: Opening;
  /** The service has been asked for a connection. */
  #open = false;
  /** A toxic has closed the connection: a side that has been told the end is not listened to any more. */
  #closing = false;
  #ended = false;

  constructor(options: ConnectionOptions, toxics: Iterable<PlacedToxic>) {
    this.#options = options;
    const client = options.client;
    // Half-open: one side may end its sending and still receive, as without the link.
    const service = new Socket({ allowHalfOpen: true });
    service.setNoDelay(true);
    this.#client = client;
    this.#service = service;
    this.#pipes = { upstream: this.#pipe('upstream'), downstream: this.#pipe('downstream') };
    // A failure on one side reaches the other as a reset, as it would without the link; so does a refused connection.
    client.on('error', () => this.#failed('upstream'));
    service.on('error', () => this.#failed('downstream'));
    client.on('close', () => this.#sideGone());
    service.on('close', () => this.#sideGone());
    this.#opening = new Opening(options.timers, () => this.#reachService());
    for (const placed of toxics) this.affect(placed);
    this.#opening.begin();
  }

  /** Whether it is over. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Puts a toxic on this connection if it draws so; changes one that is there, or takes it away if it does not draw so any more. */
  affect(placed: PlacedToxic): void {
    if (this.#ended) return;
    const random = this.#options.draws(this.#options.number, placed.number);
    const affected = random.next() < placed.toxic.toxicity;
    if (!this.#open && this.#atAccept(placed, affected, random) === 'refuse') {
      this.destroy();
      return;
    }
    const pipe = this.#pipes[placed.direction];
    const stage = pipe.stageOf(placed);
    if (stage === undefined) {
      if (!affected) return;
      placed.countConnection();
      pipe.add(placed, random);
    } else if (affected) pipe.update(stage);
    else pipe.remove(stage);
  }

  /** Takes a toxic away; what it held goes on. */
  release(placed: PlacedToxic): void {
    const pipe = this.#pipes[placed.direction];
    const stage = pipe.stageOf(placed);
    if (stage !== undefined) pipe.remove(stage);
    this.#opening.hold(placed, 0);
  }

  /** Ends both sides with a FIN; what is held is lost. Resolves when both are gone. */
  async close(): Promise<void> {
    this.#pipes.upstream.abandon();
    this.#pipes.downstream.abandon();
    this.#opening.abandon();
    await Promise.all([this.#client, this.#service].map(gone));
    this.#end();
  }

  /** Ends both sides at once; the client of a connection that has not reached the service sees a reset. */
  destroy(): void {
    if (this.#open) this.#client.destroy();
    else reset(this.#client);
    this.#service.destroy();
    this.#end();
  }

  #pipe(direction: Direction): Pipe {
    const { timers, traffic } = this.#options;
    const [from, to] =
      direction === 'upstream' ? [this.#client, this.#service] : [this.#service, this.#client];
    return new Pipe({
      direction,
      from,
      to,
      timers,
      traffic,
      onEnded: (kind) => this.#sideEnded(direction, kind),
      reset: () => this.#reset(),
      answer: (bytes) => this.#pipes[opposite[direction]].take({ kind: 'bytes', bytes }),
      answersWait: () => this.#pipes[opposite[direction]].full,
      onPaced: () => this.#pipes[opposite[direction]].pace(),
    });
  }

  #atAccept(placed: PlacedToxic, affected: boolean, random: Random): 'refuse' | undefined {
    const decided = affected ? placed.toxic.accept?.(random) : undefined;
    if (decided === 'refuse') {
      placed.countConnection();
      placed.countHeld(0);
      return decided;
    }
    this.#opening.hold(placed, decided?.holdMs ?? 0);
    return undefined;
  }

  #reachService(): void {
    this.#open = true;
    this.#service.connect(this.#options.upstream);
    this.#pipes.upstream.start();
    this.#pipes.downstream.start();
  }

  /** The receiver of one direction has been told the end. A close goes round: the other side is told too, and both are let go. */
  #sideEnded(direction: Direction, kind: 'end' | 'close'): void {
    if (kind === 'close') {
      this.#closing = true;
      this.#pipes[opposite[direction]].take({ kind: 'close' });
    }
    if (!this.#closing) return;
    for (const socket of [this.#client, this.#service])
      if (socket.writableEnded) socket.end(() => socket.destroy());
  }

  /** The sender of one direction has failed. */
  #failed(direction: Direction): void {
    if (this.#open && !this.#ended) this.#pipes[direction].take({ kind: 'reset' });
    else this.#reset();
  }

  #reset(): void {
    reset(this.#client);
    reset(this.#service);
  }

  #sideGone(): void {
    if (this.#client.destroyed && this.#service.destroyed) this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#opening.abandon();
    this.#pipes.upstream.abandon();
    this.#pipes.downstream.abandon();
    this.#options.onEnd(this);
  }
}
