import * as z from 'zod';
import type { Random } from '../../../run/ports.ts';
import { share } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface PacketLossOptions extends Where {
  /** The share of pieces that are lost, from 0 to 1. */
  readonly loss: number;
  /** How long the sender waits before it sends a piece again; twice as long each further time. */
  readonly retransmitMs: number;
}

/** The longest that Linux waits between two attempts (TCP_RTO_MAX). */
const longestRetransmitMs = 120_000;
/** How often Linux tries (the defaults of net.ipv4.tcp_retries2 and tcp_syn_retries), and its first time-out of a SYN (TCP_TIMEOUT_INIT). */
const mostRetries = { data: 15, connect: 6 };
const connectRetransmitMs = 1_000;

/** How long it takes until a piece is not lost any more; infinite when the sender has given up by then. */
function heldMs(loss: number, firstMs: number, retries: number, random: Random): number {
  let sum = 0;
  for (let retry = 0; random.next() < loss; retry += 1) {
    if (retry === retries) return Number.POSITIVE_INFINITY;
    sum += Math.min(longestRetransmitMs, firstMs * 2 ** retry);
  }
  return sum;
}

/**
 * The closest that a proxy can come to lost packets. Nothing is lost in TCP: what programs notice is that a lost piece comes late, by
 * the sender's time-out and twice as much for each further loss, and that everything behind it waits. So that share of pieces is held
 * for that time; and new connections for that of a lost SYN. What differs from a real loss: a piece is what was read at once and not a
 * packet; a loss amid a long transfer is mended faster by a real TCP (fast retransmit), and lowers its rate (congestion control).
 */
export const packetLoss = ({ loss, retransmitMs, ...where }: PacketLossOptions): Toxic => ({
  ...where,
  accept: (random) => ({ holdMs: heldMs(loss, connectRetransmitMs, mostRetries.connect, random) }),
  affect: ({ random }) => ({
    // A RST that is lost is not sent again; it comes with whatever is sent next.
    pass: (piece) => [
      { piece, holdMs: piece.kind === 'reset' ? 0 : heldMs(loss, retransmitMs, mostRetries.data, random) },
    ],
  }),
});

export const packetLossType = toxicType({
  name: 'packet_loss',
  origin: 'steadfast',
  summary:
    'What programs notice of lost packets: a share of the pieces comes late by the time-out after which TCP sends again (twice as long for each further loss), and everything behind waits. New connections wait for a lost SYN.',
  attributes: z.object({
    loss: share('the share of pieces lost').default(0),
    retransmit: z
      .int()
      .min(1)
      .default(200)
      .describe("the first time-out, in milliseconds (Linux's least, TCP_RTO_MIN, is 200)"),
  }),
  make: (where, { loss, retransmit: retransmitMs }) => packetLoss({ ...where, loss, retransmitMs }),
});
