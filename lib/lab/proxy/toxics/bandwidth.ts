import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { HeldPiece, Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface BandwidthOptions extends Where {
  /** In kilobytes of 1,000 bytes a second, as Toxiproxy counts; 0 lets nothing through. */
  readonly rateKbPerSecond: number;
}

/** How long one portion takes: short, so that a slow link trickles as a real one does. */
const portionMs = 20;
/** How much waits for its turn: as long as a real queue may be, then the sender waits. */
const queueMs = 100;
/** What the sender's own pieces need at least: one read of a socket. */
const leastQueueBytes = 64 * 1024;
const mostQueueBytes = 4 * 1024 * 1024;

/** Lets so many bytes through in a second, one after the other. The end of a stream waits for what is before it. */
export const bandwidth = ({ rateKbPerSecond, ...where }: BandwidthOptions): Toxic => ({
  ...where,
  affect: ({ nowMs }) => {
    const bytesPerMs = rateKbPerSecond;
    const portionBytes = Math.max(1, Math.floor(bytesPerMs * portionMs));
    let freeMs = 0;
    return {
      mostHeldBytes: Math.min(mostQueueBytes, Math.max(leastQueueBytes, bytesPerMs * queueMs)),
      pass: (piece) => {
        // An end waits for what is before it, and for nothing else.
        if (bytesPerMs === 0)
          return [{ piece, holdMs: piece.kind === 'bytes' ? Number.POSITIVE_INFINITY : 0 }];
        const now = nowMs();
        freeMs = Math.max(freeMs, now);
        if (piece.kind !== 'bytes') return [{ piece, holdMs: freeMs - now }];
        const portions: HeldPiece[] = [];
        for (let from = 0; from < piece.bytes.length; from += portionBytes) {
          const bytes = piece.bytes.subarray(from, from + portionBytes);
          freeMs += bytes.length / bytesPerMs;
          portions.push({ piece: { kind: 'bytes', bytes }, holdMs: freeMs - now });
        }
        return portions;
      },
    };
  },
});

export const bandwidthType = toxicType({
  name: 'bandwidth',
  origin: 'toxiproxy',
  summary: 'Lets only so many bytes through in a second, and makes the sender wait.',
  attributes: z.object({
    rate: whole('kilobytes of 1,000 bytes a second; 0 lets nothing through'),
  }),
  make: (where, { rate }) => bandwidth({ ...where, rateKbPerSecond: rate }),
});
