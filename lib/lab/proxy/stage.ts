import type { Random } from '../../run/ports.ts';
import type { PlacedToxic } from './placed-toxic.ts';
import type { Timers } from './timers.ts';
import type { Effect, Piece, Victim } from './toxic.ts';
import { costOf, type Traffic } from './traffic.ts';

/** What one toxic may hold back on one connection before its sender is made to wait: 8 MB/s at a delay of 500 ms. */
const mostHeld = 4 * 1024 * 1024;
const oneRead = 64 * 1024;

/** Timers go by whole milliseconds: what is due within half of one goes now, so that pieces are as often early as late. */
const halfStepMs = 0.5;

interface Waiting {
  readonly piece: Piece;
  readonly arrivedMs: number;
  readonly dueMs: number;
}

const sizeOf = (piece: Piece) => (piece.kind === 'bytes' ? piece.bytes.length : 0);

/** What the pipe around a stage does for it. */
export interface Surroundings {
  readonly timers: Timers;
  readonly traffic: Traffic;
  /** Hands a piece to the next stage, or to the receiver. */
  onward(stage: Stage, piece: Piece): void;
  /** Something has left: the sender may be able to go on. */
  pace(): void;
  reset(): void;
  answer(bytes: Buffer): void;
}

/** One toxic on one direction of one connection: it holds what the toxic wants held, in order. */
export class Stage {
  readonly placed: PlacedToxic;
  readonly #around: Surroundings;
  readonly #victim: Victim;
  readonly #timers = new Set<() => void>();
  #effect: Effect | undefined;
  #waiting: Waiting[] = [];
  #held = 0;
  #passedBytes = 0;
  /** The end or the close has come: nothing comes behind it. */
  #ended = false;
  #over = false;
  #callOff: (() => void) | undefined;

  constructor(placed: PlacedToxic, random: Random, around: Surroundings) {
    this.placed = placed;
    this.#around = around;
    this.#victim = {
      random,
      nowMs: () => around.timers.nowMs(),
      after: (ms, call) => this.#after(ms, call),
      passedBytes: () => this.#passedBytes,
      reset: () => around.reset(),
      close: () => this.#push({ kind: 'close' }, 0),
      answer: (bytes) => around.answer(bytes),
    };
  }

  /** Whether the sender has to wait for it. */
  get full(): boolean {
    const most = Math.min(mostHeld, this.#effect?.mostHeldBytes ?? mostHeld);
    const { held, mostHeld: mostOnLink } = this.#around.traffic;
    return this.#held >= most || (this.#held >= oneRead && held >= mostOnLink);
  }

  /** The toxic takes effect; to be called when the stage has its place. */
  start(): void {
    const wasOpen = !this.#ended;
    this.#effect = this.placed.toxic.affect(this.#victim);
    // An open connection that is cut off at once: nothing need come that could be counted.
    if (wasOpen && this.#ended) this.placed.countHeld(0);
  }

  take(piece: Piece): void {
    if (this.#ended || this.#over || this.#effect === undefined) return;
    const passed = this.#effect.pass(piece);
    const [only] = passed;
    if (only?.piece !== piece || only.holdMs > 0 || passed.length > 1) {
      this.placed.countHeld(sizeOf(piece));
      if (passed.some(({ holdMs }) => holdMs > 0)) this.#around.traffic.delayedChunks += 1;
    }
    for (const one of passed) this.#push(one.piece, one.holdMs);
    this.#schedule();
  }

  /** The toxic has been changed: what it held goes on, and so do its bytes. */
  update(): void {
    this.#stop('updated');
    if (!this.#over) this.start();
  }

  /** The toxic has been taken away; what it held goes on. */
  release(): void {
    this.#stop('removed');
    this.#over = true;
  }

  /** The connection is over: gives up what is held. */
  abandon(): void {
    this.#over = true;
    this.#clearTimers();
    for (const waiting of this.#waiting) this.#forget(waiting);
    this.#waiting = [];
  }

  #stop(why: 'removed' | 'updated'): void {
    this.#clearTimers();
    const rest = this.#ended ? [] : (this.#effect?.rest?.(why) ?? []);
    for (const piece of rest) this.#push(piece, 0);
    this.#deliver(Number.POSITIVE_INFINITY);
  }

  #clearTimers(): void {
    for (const callOff of this.#timers) callOff();
    this.#timers.clear();
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #after(ms: number, call: () => void): () => void {
    const callOff = this.#around.timers.after(ms, () => {
      this.#timers.delete(callOff);
      call();
      this.#around.pace();
    });
    this.#timers.add(callOff);
    return () => {
      this.#timers.delete(callOff);
      callOff();
    };
  }

  #push(piece: Piece, holdMs: number): void {
    if (this.#ended || this.#over) return;
    this.#passedBytes += sizeOf(piece);
    if (piece.kind !== 'bytes') this.#ended = true;
    if (holdMs <= halfStepMs && this.#waiting.length === 0) {
      this.#around.onward(this, piece);
      return;
    }
    const arrivedMs = this.#around.timers.nowMs();
    this.#waiting.push({ piece, arrivedMs, dueMs: arrivedMs + holdMs });
    this.#held += costOf(sizeOf(piece));
    this.#around.traffic.held += costOf(sizeOf(piece));
  }

  #forget({ piece, arrivedMs }: Waiting): void {
    this.#held -= costOf(sizeOf(piece));
    this.#around.traffic.held -= costOf(sizeOf(piece));
    this.placed.countReleased(this.#around.timers.nowMs() - arrivedMs);
  }

  /** Waits for the first piece; those behind it wait for it anyhow. */
  #schedule(): void {
    const [first] = this.#waiting;
    if (first === undefined || this.#callOff !== undefined || this.#over) return;
    this.#callOff = this.#around.timers.after(first.dueMs - this.#around.timers.nowMs(), () => {
      this.#callOff = undefined;
      this.#deliver(this.#around.timers.nowMs() + halfStepMs);
      this.#schedule();
      this.#around.pace();
    });
  }

  /** Passes on what is due by then. */
  #deliver(byMs: number): void {
    let delivered = 0;
    for (const waiting of this.#waiting) {
      if (waiting.dueMs > byMs || this.#over) break;
      delivered += 1;
      this.#forget(waiting);
      this.#around.onward(this, waiting.piece);
    }
    this.#waiting.splice(0, delivered);
  }
}
