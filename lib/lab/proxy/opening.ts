import type { PlacedToxic } from './placed-toxic.ts';
import type { Timers } from './timers.ts';

/** The time between a client's connection and that to the service, which toxics make long. */
export class Opening {
  readonly #timers: Timers;
  readonly #open: () => void;
  readonly #fromMs: number;
  readonly #holds = new Map<PlacedToxic, number>();
  #callOff: (() => void) | undefined;
  #begun = false;
  #over = false;

  /** @param open called once, when nothing holds the connection any more */
  constructor(timers: Timers, open: () => void) {
    this.#timers = timers;
    this.#open = open;
    this.#fromMs = timers.nowMs();
  }

  /** Nothing more is added for now: opens at once, or waits; neither where it has been given up already. */
  begin(): void {
    if (this.#over) return;
    this.#begun = true;
    this.#wait();
  }

  /** A toxic holds it for so long, from its beginning; 0 takes the hold away. */
  hold(placed: PlacedToxic, holdMs: number): void {
    if (this.#over) return;
    if (holdMs > 0) {
      if (!this.#holds.has(placed)) placed.countHeld(0);
      this.#holds.set(placed, holdMs);
    } else if (!this.#holds.delete(placed)) return;
    if (this.#begun) this.#wait();
  }

  abandon(): void {
    this.#over = true;
    this.#callOff?.();
  }

  #wait(): void {
    this.#callOff?.();
    const holdMs = [...this.#holds.values()].reduce((sum, ms) => sum + ms, 0);
    const leftMs = this.#fromMs + holdMs - this.#timers.nowMs();
    if (leftMs > 0) {
      this.#callOff = this.#timers.after(leftMs, () => this.#finish());
    } else this.#finish();
  }

  #finish(): void {
    this.#over = true;
    for (const placed of this.#holds.keys()) placed.countReleased(this.#timers.nowMs() - this.#fromMs);
    this.#open();
  }
}
