import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

export interface LatencyOptions extends Pick<Where, 'direction'> {
  readonly delayMs: number;
  /** By how much the delay of each piece varies either way, evenly spread; never below 0 in sum. */
  readonly jitterMs?: number;
  /** The share of connections delayed, from 0 to 1 (default 1). */
  readonly toxicity?: number;
}

/**
 * Delays what is sent in one direction. Bytes keep their order: a piece with a shorter delay waits for the one before it.
 * Each piece is delayed from its own arrival, so that what is sent meanwhile is on its way too. The end of a stream is not delayed
 * for itself.
 */
export const latency = ({ direction, delayMs, jitterMs = 0, toxicity = 1 }: LatencyOptions): Toxic => ({
  direction,
  toxicity,
  affect: ({ random }) => ({
    pass: (piece) => [
      {
        piece,
        holdMs: piece.kind === 'bytes' ? Math.max(0, delayMs + (2 * random.next() - 1) * jitterMs) : 0,
      },
    ],
  }),
});

export const latencyType = toxicType({
  name: 'latency',
  origin: 'toxiproxy',
  summary:
    'Delays everything that is sent, by a time that may vary. The opening of a connection is not delayed.',
  attributes: z.object({
    latency: whole('the delay, in milliseconds'),
    jitter: whole('by how much it varies either way, in milliseconds, evenly spread'),
  }),
  make: (where, { latency: delayMs, jitter: jitterMs }) => latency({ ...where, delayMs, jitterMs }),
});
