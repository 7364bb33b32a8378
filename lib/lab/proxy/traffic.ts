import type { Direction } from './toxic.ts';

/** Bytes of one direction: those that came in, and those that were passed on. */
interface Bytes {
  received: number;
  sent: number;
}

/** The same as it is told. */
export type BytesByDirection = Readonly<Record<Direction, Readonly<Bytes>>>;

/** What went through the connections of a link together, and what they hold back now. */
export interface Traffic {
  readonly bytes: Readonly<Record<Direction, Bytes>>;
  delayedChunks: number;
  /** What is held back, as `costOf` counts it, and what was let go but not taken by its receiver. */
  held: number;
  /** What may be held back; above it, whoever holds more than one read of a socket waits. */
  readonly mostHeld: number;
}

/** Ample for one test's traffic, and less than a laptop misses. */
const defaultMostHeldBytes = 256 * 1024 * 1024;

export const noTraffic = (mostHeld: number = defaultMostHeldBytes): Traffic => ({
  bytes: { upstream: { received: 0, sent: 0 }, downstream: { received: 0, sent: 0 } },
  delayedChunks: 0,
  held: 0,
  mostHeld,
});

/** What one held piece costs beside its bytes: the objects around it, measured as some 230 bytes under Node 24. */
const pieceCost = 256;

export const costOf = (bytes: number): number => bytes + pieceCost;
