import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/** Lets exactly so many bytes through on each connection, and closes it with a FIN behind the last of them. */
export const limitData = ({ mostBytes, ...where }: Where & { readonly mostBytes: number }): Toxic => ({
  ...where,
  affect: ({ passedBytes }) => ({
    pass: (piece) => {
      if (piece.kind !== 'bytes') return [{ piece, holdMs: 0 }];
      const left = Math.max(0, mostBytes - passedBytes());
      if (piece.bytes.length < left) return [{ piece, holdMs: 0 }];
      const close = { piece: { kind: 'close' }, holdMs: 0 } as const;
      return left === 0
        ? [close]
        : [{ piece: { kind: 'bytes', bytes: piece.bytes.subarray(0, left) }, holdMs: 0 }, close];
    },
  }),
});

export const limitDataType = toxicType({
  name: 'limit_data',
  origin: 'toxiproxy',
  summary: 'Lets exactly so many bytes through on each connection, then closes it (FIN).',
  attributes: z.object({
    bytes: whole('how many bytes; 0 closes the connection when the first piece comes'),
  }),
  make: (where, { bytes: mostBytes }) => limitData({ ...where, mostBytes }),
});
