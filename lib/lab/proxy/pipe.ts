import type { Socket } from 'node:net';
import type { PlacedToxic } from './placed-toxic.ts';
import type { PassPiece, Piece } from './toxic.ts';

/** Bytes that one direction of a connection may hold back before its sender is made to wait: 8 MB/s at a delay of 500 ms. */
const mostHeldBytes = 4 * 1024 * 1024;

/** The longest that setTimeout can wait; a longer hold is waited for in parts. */
const longestTimerMs = 2 ** 31 - 1;

interface Hold {
  readonly toxic: PlacedToxic;
  readonly ms: number;
}

interface Waiting {
  readonly piece: Piece;
  readonly arrivedMs: number;
  readonly holds: readonly Hold[];
}

const sizeOf = (piece: Piece) => (piece.kind === 'bytes' ? piece.bytes.length : 0);

/**
 * One direction of one connection: reads from a socket, lets each toxic handle what came, and writes it in order.
 * Holds a bounded number of bytes, and reads on only as fast as the other side takes them.
 * Times are monotonic (`performance.now`): a stepped wall clock must not hold a piece for good.
 */
export class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #count: (bytes: number, held: boolean) => void;
  readonly #effects = new Map<PlacedToxic, PassPiece>();
  #waiting: Waiting[] = [];
  #heldBytes = 0;
  #full = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, count: (bytes: number, held: boolean) => void) {
    this.#from = from;
    this.#to = to;
    this.#count = count;
    from.on('data', (bytes: Buffer) => this.#take({ kind: 'bytes', bytes }));
    from.on('end', () => this.#take({ kind: 'end' }));
    to.on('drain', () => {
      this.#full = false;
      this.#deliver();
    });
  }

  /** From now on `pass` handles each piece, behind the toxics that are there already. */
  add(toxic: PlacedToxic, pass: PassPiece): void {
    this.#effects.set(toxic, pass);
  }

  /** What it held back is no longer held for its sake. */
  remove(toxic: PlacedToxic): void {
    if (!this.#effects.delete(toxic)) return;
    this.#deliver();
  }

  /** Gives up what is held. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const waiting of this.#waiting) this.#release(waiting);
    this.#waiting = [];
    this.#effects.clear();
  }

  #take(piece: Piece): void {
    const arrivedMs = performance.now();
    let pieces: { piece: Piece; holds: readonly Hold[] }[] = [{ piece, holds: [] }];
    for (const [toxic, pass] of this.#effects) {
      pieces = pieces.flatMap((before) =>
        pass(before.piece).map((after) => ({
          piece: after.piece,
          holds: after.holdMs > 0 ? [...before.holds, { toxic, ms: after.holdMs }] : before.holds,
        })),
      );
    }
    for (const { piece: next, holds } of pieces) {
      for (const hold of holds) hold.toxic.countHeld(sizeOf(next));
      this.#count(sizeOf(next), holds.length > 0);
      this.#heldBytes += sizeOf(next);
      this.#waiting.push({ piece: next, arrivedMs, holds });
    }
    this.#deliver();
  }

  #dueMs(waiting: Waiting): number {
    const stillHeldMs = waiting.holds.reduce(
      (sum, hold) => (this.#effects.has(hold.toxic) ? sum + hold.ms : sum),
      0,
    );
    return waiting.arrivedMs + stillHeldMs;
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    let delivered = 0;
    for (const waiting of this.#waiting) {
      if (this.#full || this.#closed) break;
      const waitMs = this.#dueMs(waiting) - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#deliver(), Math.min(Math.ceil(waitMs), longestTimerMs));
        break;
      }
      delivered += 1;
      this.#release(waiting);
      this.#write(waiting.piece);
    }
    this.#waiting.splice(0, delivered);
    this.#pace();
  }

  #release(waiting: Waiting): void {
    this.#heldBytes -= sizeOf(waiting.piece);
    const waitedMs = performance.now() - waiting.arrivedMs;
    for (const hold of waiting.holds) hold.toxic.countReleased(waitedMs);
  }

  #write(piece: Piece): void {
    if (!this.#to.writable) return;
    if (piece.kind === 'end') this.#to.end();
    else this.#full = !this.#to.write(piece.bytes);
  }

  /** Lets the sender wait while the receiver is full or too much is held, and go on afterwards. */
  #pace(): void {
    if (this.#closed) return;
    if (this.#full || this.#heldBytes >= mostHeldBytes) this.#from.pause();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}
