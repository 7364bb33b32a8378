import * as z from 'zod';
import { type Toxic, untouched } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/** Resets new connections of a share as soon as they are accepted, before the service hears of them; those that are open go on. */
export const refuse = (where: Where): Toxic => ({
  ...where,
  accept: () => 'refuse',
  affect: () => untouched,
});

/**
 * The service is gone, for a share of the connections: those that are open are closed with a FIN, new ones are reset as soon as they
 * are accepted, before the service hears of them. (A port that refuses all connections is a link that is closed.)
 */
const down = (where: Where): Toxic => ({
  ...refuse(where),
  affect: ({ close }) => {
    close();
    return untouched;
  },
});

export const downType = toxicType({
  name: 'down',
  origin: 'steadfast',
  summary:
    'Cuts a share of the connections off: open ones are closed (FIN), new ones are reset once accepted, and the service hears nothing of them. Its stream makes no difference.',
  attributes: z.object({}),
  make: (where) => down(where),
});
