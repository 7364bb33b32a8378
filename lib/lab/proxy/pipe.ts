import type { Socket } from 'node:net';
import type { Random } from '../../run/ports.ts';
import type { PlacedToxic } from './placed-toxic.ts';
import { Stage, type Surroundings } from './stage.ts';
import type { Timers } from './timers.ts';
import type { Direction, Piece } from './toxic.ts';
import type { Traffic } from './traffic.ts';

/** The two ends of a pipe, and what it asks of the connection around it. */
export interface PipeEnds {
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
  readonly timers: Timers;
  readonly traffic: Traffic;
  /** The receiver has been told the end, or that the whole connection closes. */
  onEnded(kind: 'end' | 'close'): void;
  reset(): void;
  answer(bytes: Buffer): void;
  /** Whether what is answered has to wait: the sender does not read it. */
  answersWait(): boolean;
  /** It lets its sender wait from now on, or go on. */
  onPaced(): void;
}

/**
 * One direction of one connection: reads from a socket, lets each toxic handle what came, and writes it in order. Without a toxic it
 * does what Node's own pipe does, and no more. It reads on only as fast as the other side takes it, and holds a bounded number of bytes.
 */
export class Pipe {
  readonly #ends: PipeEnds;
  readonly #around: Surroundings;
  #stages: readonly Stage[] = [];
  /** An end or a close has come in: whatever is sent behind it is read and dropped. */
  #ended = false;
  #started = false;
  #paused = false;
  /** A toxic on it has sent something back. */
  #answered = false;
  /** What toxics have let go and the receiver has not taken: it takes up as much as before, so it counts as held. */
  #backlog = 0;

  constructor(ends: PipeEnds) {
    this.#ends = ends;
    this.#around = {
      timers: ends.timers,
      traffic: ends.traffic,
      onward: (stage, piece) => this.#handOn(this.#stages.indexOf(stage) + 1, piece),
      pace: () => this.pace(),
      reset: () => ends.reset(),
      answer: (bytes) => {
        this.#answered = true;
        ends.answer(bytes);
      },
    };
  }

  /** Begins to carry. */
  start(): void {
    const { from, to, traffic, direction } = this.#ends;
    const counted = traffic.bytes[direction];
    from.on('data', (bytes: Buffer) => {
      counted.received += bytes.length;
      if (this.#ended) return;
      // The way of almost all bytes: nothing is made for them.
      if (this.#stages.length > 0) this.take({ kind: 'bytes', bytes });
      else if (to.writable) {
        counted.sent += bytes.length;
        if (!to.write(bytes)) this.pace();
      }
    });
    from.on('end', () => this.take({ kind: 'end' }));
    to.on('drain', () => this.#drained());
    // A receiver that is gone takes anything.
    to.on('close', () => this.#drained());
    this.#started = true;
    from.resume();
    this.pace();
  }

  stageOf(placed: PlacedToxic): Stage | undefined {
    return this.#stages.find((stage) => stage.placed === placed);
  }

  /** From now on a toxic handles each piece, in the order in which toxics were added to the link. */
  add(placed: PlacedToxic, random: Random): void {
    const stage = new Stage(placed, random, this.#around);
    this.#stages = [...this.#stages, stage].sort((a, b) => a.placed.number - b.placed.number);
    stage.start();
    this.pace();
  }

  update(stage: Stage): void {
    stage.update();
    this.pace();
  }

  /** What it held back goes on. */
  remove(stage: Stage): void {
    stage.release();
    this.#stages = this.#stages.filter((one) => one !== stage);
    this.pace();
  }

  /** Takes what came from the sender, or is to be as if it had. */
  take(piece: Piece): void {
    if (this.#ended) {
      // It failed after its end: there is no order to keep any more.
      if (piece.kind === 'reset') this.#ends.reset();
      return;
    }
    if (piece.kind !== 'bytes') this.#ended = true;
    this.#handOn(0, piece);
    this.pace();
  }

  /** Whether its receiver has not taken what came, or too much is held. */
  get full(): boolean {
    return this.#ends.to.writableNeedDrain || this.#stages.some((stage) => stage.full);
  }

  /** Lets the sender wait while it is full, or while the sender reads no answers, and go on afterwards. */
  pace(): void {
    const wait = this.full || (this.#answered && this.#ends.answersWait());
    if (!this.#started || wait === this.#paused) return;
    this.#paused = wait;
    if (wait) this.#ends.from.pause();
    else this.#ends.from.resume();
    this.#ends.onPaced();
  }

  /** Gives up what is held. */
  abandon(): void {
    this.#ended = true;
    for (const stage of this.#stages) stage.abandon();
    this.#stages = [];
    this.#countBacklog(0);
  }

  #handOn(index: number, piece: Piece): void {
    const stage = this.#stages[index];
    if (stage === undefined) this.#write(piece);
    else stage.take(piece);
  }

  #write(piece: Piece): void {
    const { to, traffic, direction } = this.#ends;
    if (piece.kind === 'bytes') {
      if (!to.writable) return;
      traffic.bytes[direction].sent += piece.bytes.length;
      if (!to.write(piece.bytes)) this.#countBacklog(to.writableLength);
      return;
    }
    if (piece.kind === 'reset') {
      this.#ends.reset();
      return;
    }
    to.end();
    this.#ends.onEnded(piece.kind);
  }

  #drained(): void {
    this.#countBacklog(0);
    this.pace();
  }

  #countBacklog(bytes: number): void {
    this.#ends.traffic.held += bytes - this.#backlog;
    this.#backlog = bytes;
  }
}
