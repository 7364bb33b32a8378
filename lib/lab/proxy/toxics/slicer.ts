import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { HeldPiece, Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface SlicerOptions extends Where {
  readonly averageBytes: number;
  /** By how much the size of a slice varies either way, evenly spread; less than the average. */
  readonly variationBytes: number;
  /** The pause behind each slice. */
  readonly pauseMs: number;
}

/** Cuts what is sent into small pieces, with a pause behind each. */
export const slicer = ({ averageBytes, variationBytes, pauseMs, ...where }: SlicerOptions): Toxic => ({
  ...where,
  affect: ({ nowMs, random }) => {
    const draw = () => averageBytes + Math.round((2 * random.next() - 1) * variationBytes);
    let freeMs = 0;
    return {
      // One read of a socket: slices are many and small.
      mostHeldBytes: 64 * 1024,
      pass: (piece) => {
        const now = nowMs();
        freeMs = Math.max(freeMs, now);
        if (piece.kind !== 'bytes') return [{ piece, holdMs: freeMs - now }];
        const slices: HeldPiece[] = [];
        for (let from = 0; from < piece.bytes.length; ) {
          const to = from + Math.max(1, draw());
          slices.push({
            piece: { kind: 'bytes', bytes: piece.bytes.subarray(from, to) },
            holdMs: freeMs - now,
          });
          freeMs += pauseMs;
          from = to;
        }
        return slices;
      },
    };
  },
});

export const slicerType = toxicType({
  name: 'slicer',
  origin: 'toxiproxy',
  summary: 'Cuts what is sent into small pieces, with a pause behind each.',
  attributes: z
    .object({
      average_size: z
        .int()
        .min(1)
        .describe('the average size of a piece, in bytes; at least 1, and never left out'),
      size_variation: whole('by how much the size varies either way, in bytes; less than `average_size`'),
      delay: whole('the pause behind each piece, in microseconds'),
    })
    .refine(({ average_size: average, size_variation: variation }) => variation < average, {
      path: ['size_variation'],
      error: 'must be less than average_size: a piece has at least one byte',
    }),
  make: (where, { average_size: averageBytes, size_variation: variationBytes, delay }) =>
    slicer({ ...where, averageBytes, variationBytes, pauseMs: delay / 1_000 }),
});
