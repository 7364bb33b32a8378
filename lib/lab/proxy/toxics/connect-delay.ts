import * as z from 'zod';
import { whole } from '../attributes.ts';
import { type Toxic, untouched } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface ConnectDelayOptions extends Where {
  readonly delayMs: number;
  readonly jitterMs: number;
}

/**
 * Lets a new connection wait before it reaches the service. The client's own connect() succeeds at once, since the kernel accepts for
 * the proxy; what it sends meanwhile waits with it. Open connections are not affected.
 */
export const connectDelay = ({ delayMs, jitterMs, ...where }: ConnectDelayOptions): Toxic => ({
  ...where,
  accept: (random) => ({ holdMs: Math.max(0, delayMs + (2 * random.next() - 1) * jitterMs) }),
  affect: () => untouched,
});

export const connectDelayType = toxicType({
  name: 'connect_delay',
  origin: 'steadfast',
  summary:
    'Delays the opening of new connections: the client is accepted, but the service is reached only after the delay. Its stream makes no difference.',
  attributes: z.object({
    delay: whole('the delay, in milliseconds'),
    jitter: whole('by how much it varies either way, in milliseconds, evenly spread'),
  }),
  make: (where, { delay: delayMs, jitter: jitterMs }) => connectDelay({ ...where, delayMs, jitterMs }),
});
