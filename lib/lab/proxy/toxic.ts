/** The way bytes go: `upstream` from the client to the service behind the link, `downstream` back. */
export type Direction = 'upstream' | 'downstream';

/** What travels through a link: bytes, or the sender's end of stream, which keeps its place behind them. */
export type Piece = { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'end' };

/** A piece, and how long a toxic wants it held after it came in, in milliseconds. */
interface HeldPiece {
  readonly piece: Piece;
  readonly holdMs: number;
}

/** What a toxic may do to the connection it is on, besides handling its pieces. */
export interface Victim {
  /** Aborted when the connection has ended, or the toxic has been taken away: what the toxic set up ends with it. */
  readonly signal: AbortSignal;
  /** Ends both sides with a reset. */
  reset(): void;
  /** Ends both sides after what is on its way. */
  close(): void;
}

/** Handles the next piece of one direction of one connection: none swallows it, several split it. Their order is kept. */
export type PassPiece = (piece: Piece) => readonly HeldPiece[];

/** One thing that goes wrong on a link. */
export interface Toxic {
  readonly direction: Direction;
  /** The probability, from 0 to 1, that a connection is affected; drawn once per connection. */
  readonly toxicity: number;
  /** Called once for each affected connection, also for those open already. */
  readonly affect: (victim: Victim) => PassPiece;
}

/** What a toxic has done since it was added. */
export interface ToxicCounters {
  /** Connections that it affected. */
  readonly connections: number;
  /** Pieces and bytes that it held back. */
  readonly chunks: number;
  readonly bytes: number;
  /** The longest that a piece was really held back, in milliseconds. */
  readonly longestMs: number;
}

/** A toxic in place on a link. */
export interface AddedToxic {
  counters(): ToxicCounters;
  /** Takes it away, from open connections too; what it held back goes on at once. Twice is no error. */
  remove(): void;
}
