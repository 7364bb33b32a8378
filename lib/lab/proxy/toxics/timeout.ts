import * as z from 'zod';
import { whole } from '../attributes.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/**
 * Swallows everything, and closes the connection with a FIN when nothing has come for the time; 0 swallows for ever (a black hole).
 * Every piece starts the time anew. Taking the toxic away closes the connection: what was swallowed cannot be had again.
 */
export const timeout = ({ timeoutMs, ...where }: Where & { readonly timeoutMs: number }): Toxic => ({
  ...where,
  affect: ({ after, close }) => {
    const start = () => (timeoutMs === 0 ? () => undefined : after(timeoutMs, close));
    let callOff = start();
    return {
      pass: (piece) => {
        if (piece.kind !== 'bytes') return [{ piece, holdMs: 0 }];
        callOff();
        callOff = start();
        return [];
      },
      rest: (why) => (why === 'removed' ? [{ kind: 'close' }] : []),
    };
  },
});

export const timeoutType = toxicType({
  name: 'timeout',
  origin: 'toxiproxy',
  summary:
    'Swallows everything, and closes the connection (FIN) when nothing has come for the time. Taking it away closes the connections that it was on.',
  attributes: z.object({
    timeout: whole('milliseconds without anything sent until the connection is closed; 0 swallows for ever'),
  }),
  make: (where, { timeout: timeoutMs }) => timeout({ ...where, timeoutMs }),
});
