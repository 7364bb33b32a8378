import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/**
 * Resets the connection (a RST to both sides) so long after the first piece; without one nothing happens. It is a real RST on
 * connections that were open before, too. What comes meanwhile is held, so that it goes on when the toxic is taken away in time.
 */
export const resetPeer = ({ delayMs, ...where }: Where & { readonly delayMs: number }): Toxic => ({
  ...where,
  affect: ({ after, reset }) => {
    let begun = false;
    return {
      pass: (piece) => {
        if (!begun) {
          begun = true;
          if (delayMs === 0) reset();
          else after(delayMs, reset);
        }
        return [{ piece, holdMs: Number.POSITIVE_INFINITY }];
      },
    };
  },
});

export const resetPeerType = toxicType({
  name: 'reset_peer',
  origin: 'toxiproxy',
  summary: 'Resets the connection (RST) when the first piece has come, at once or after a time.',
  attributes: z.object({ timeout: whole('milliseconds from the first piece to the reset') }),
  make: (where, { timeout: delayMs }) => resetPeer({ ...where, delayMs }),
});
