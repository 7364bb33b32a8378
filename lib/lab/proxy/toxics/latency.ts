import type { Random } from '../../../run/ports.ts';
import type { Direction, Toxic } from '../toxic.ts';

export interface LatencyOptions {
  readonly direction: Direction;
  readonly delayMs: number;
  /** By how much the delay of each piece varies either way, evenly spread; never below 0 in sum. */
  readonly jitterMs?: number;
  /** The share of connections delayed, from 0 to 1 (default 1). */
  readonly toxicity?: number;
}

/**
 * Delays what is sent in one direction. Bytes keep their order: a piece with a shorter delay waits for the one before it.
 * The end of a stream is not delayed for itself.
 */
export const latency = (
  { direction, delayMs, jitterMs = 0, toxicity = 1 }: LatencyOptions,
  random: Random,
): Toxic => ({
  direction,
  toxicity,
  affect: () => (piece) => [
    { piece, holdMs: piece.kind === 'end' ? 0 : Math.max(0, delayMs + (2 * random.next() - 1) * jitterMs) },
  ],
});
