import type { Random } from '../../run/ports.ts';

/** The way bytes go: `upstream` from the client to the service behind the link, `downstream` back. */
export type Direction = 'upstream' | 'downstream';

/**
 * What travels through a link: bytes; the sender's end of stream (a FIN, after which the other way still works); the sender's failure (a
 * RST); or the close of the whole connection, which a toxic makes up: a FIN to both sides. Each keeps its place behind the bytes before
 * it, as packets do: who is cut off does not hear of a reset either.
 */
export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' };

/** A piece, and how long a toxic wants it held after it came in, in milliseconds; infinite: until the toxic is taken away. */
export interface HeldPiece {
  readonly piece: Piece;
  readonly holdMs: number;
}

/** The connection that a toxic is on, and what it may do to it besides handling its pieces. */
export interface Victim {
  /** This toxic's own draws on this connection: the same for the same seed, whatever happens on other connections meanwhile. */
  readonly random: Random;
  readonly nowMs: () => number;
  /** Calls once after `ms`, unless the toxic or the connection has ended by then; the answer calls it off. */
  readonly after: (ms: number, call: () => void) => () => void;
  /** Bytes that the toxic has passed on here since it was added, also before an update. */
  readonly passedBytes: () => number;
  /** Ends both sides with a RST, at once. */
  readonly reset: () => void;
  /** Ends both sides with a FIN, behind what the toxic has passed on. */
  readonly close: () => void;
  /** Sends something back to the sender, as if the other side had answered. */
  readonly answer: (bytes: Buffer) => void;
}

/** What a toxic does to one direction of one connection. */
export interface Effect {
  /** Handles the next piece: none swallows it, several split it. Their order is kept, whatever they are held. */
  readonly pass: (piece: Piece) => readonly HeldPiece[];
  /** What goes on, behind all that is held, when the toxic is taken away from the living connection or changed. */
  readonly rest?: (why: 'removed' | 'updated') => readonly Piece[];
  /** How much may be held before the sender is made to wait, in bytes; the pipe's own bound where absent. */
  readonly mostHeldBytes?: number;
}

/** What a toxic does before the service is reached: refuse the client with a RST, or let it wait. */
type AtAccept = 'refuse' | { readonly holdMs: number };

/**
 * One thing that goes wrong on a link. It sits in its direction behind those that were added before it:
 *
 *     client --> toxic 1 --> toxic 2 --> service      upstream
 *     client <-- toxic 4 <-- toxic 3 <-- service      downstream
 */
export interface Toxic {
  readonly direction: Direction;
  /** The probability, from 0 to 1, that a connection is affected; drawn once per connection. */
  readonly toxicity: number;
  /** Called once for each affected connection, also for those open already; and again when the toxic is updated. */
  readonly affect: (victim: Victim) => Effect;
  /** Called for each affected connection that is new, before `affect`. */
  readonly accept?: (random: Random) => AtAccept;
}

/** What a toxic has done since it was added. */
export interface ToxicCounters {
  /** Connections that it affected. */
  readonly connections: number;
  /** Pieces and bytes that it held back, swallowed or split, and connections that it kept from the service or cut off at once. */
  readonly chunks: number;
  readonly bytes: number;
  /** The longest that a piece was really held back, in milliseconds. */
  readonly longestMs: number;
}

/** A toxic in place on a link. */
export interface AddedToxic {
  counters(): ToxicCounters;
  /**
   * Goes on as another toxic of the same type, in its place and direction, on open connections too; what was held goes on at once.
   * A connection keeps its draw, so a higher toxicity adds connections to those affected, and a lower one takes some away.
   */
  update(toxic: Toxic): void;
  /** Takes it away, from open connections too; what it held back goes on at once. Twice is no error. */
  remove(): void;
}

/** An effect that lets everything through as it is. */
export const untouched: Effect = { pass: (piece) => [{ piece, holdMs: 0 }] };
