import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/** Delays the end of a stream (its FIN) and nothing else. */
export const slowClose = ({ delayMs, ...where }: Where & { readonly delayMs: number }): Toxic => ({
  ...where,
  affect: () => ({
    pass: (piece) => [{ piece, holdMs: piece.kind === 'end' || piece.kind === 'close' ? delayMs : 0 }],
  }),
});

export const slowCloseType = toxicType({
  name: 'slow_close',
  origin: 'toxiproxy',
  summary: 'Delays the end of a stream (its FIN), and nothing else.',
  attributes: z.object({ delay: whole('the delay, in milliseconds') }),
  make: (where, { delay: delayMs }) => slowClose({ ...where, delayMs }),
});
