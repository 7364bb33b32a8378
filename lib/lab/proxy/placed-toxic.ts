import type { Direction, Toxic, ToxicCounters } from './toxic.ts';

/** A toxic on a link, with what it has done so far. */
export class PlacedToxic {
  /** Which toxic of the link it is, counted from its opening: what its draws are derived from. */
  readonly number: number;
  readonly direction: Direction;
  #toxic: Toxic;
  #connections = 0;
  #chunks = 0;
  #bytes = 0;
  #longestMs = 0;

  constructor(number: number, toxic: Toxic) {
    this.number = number;
    this.direction = toxic.direction;
    this.#toxic = toxic;
  }

  /** What it does at present. */
  get toxic(): Toxic {
    return this.#toxic;
  }

  update(toxic: Toxic): void {
    this.#toxic = toxic;
  }

  countConnection(): void {
    this.#connections += 1;
  }

  countHeld(bytes: number): void {
    this.#chunks += 1;
    this.#bytes += bytes;
  }

  /** A piece that it held has left, or was given up by its sender. */
  countReleased(waitedMs: number): void {
    this.#longestMs = Math.max(this.#longestMs, waitedMs);
  }

  counters(): ToxicCounters {
    return {
      connections: this.#connections,
      chunks: this.#chunks,
      bytes: this.#bytes,
      longestMs: this.#longestMs,
    };
  }
}
