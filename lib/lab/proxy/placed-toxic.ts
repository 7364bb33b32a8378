import type { Toxic, ToxicCounters } from './toxic.ts';

/** A toxic on a link, with what it has done so far. */
export class PlacedToxic {
  readonly toxic: Toxic;
  readonly #removal = new AbortController();
  #connections = 0;
  #chunks = 0;
  #bytes = 0;
  #longestMs = 0;

  constructor(toxic: Toxic) {
    this.toxic = toxic;
  }

  /** Aborted once it has been taken away. */
  get removed(): AbortSignal {
    return this.#removal.signal;
  }

  remove(): void {
    this.#removal.abort();
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
