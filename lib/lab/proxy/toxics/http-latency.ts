import * as z from 'zod';
import { whole } from '../attributes.ts';
import { onRequests } from '../http/on-requests.ts';
import { type Route, routeAttributes } from '../http/route.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface HttpLatencyOptions extends Where {
  readonly route: Route;
  readonly delayMs: number;
  readonly jitterMs: number;
}

/** Delays the requests of a route, and what the client sends behind them on the same connection. */
const httpLatency = ({ route, delayMs, jitterMs, ...where }: HttpLatencyOptions): Toxic =>
  onRequests(where, route, (_head, { random }) => ({
    holdMs: Math.max(0, delayMs + (2 * random.next() - 1) * jitterMs),
  }));

export const httpLatencyType = toxicType({
  name: 'http_latency',
  origin: 'steadfast',
  summary: 'Delays a share of the requests of a route. HTTP/1 in clear text; its stream makes no difference.',
  attributes: z.object({
    ...routeAttributes,
    latency: whole('the delay, in milliseconds'),
    jitter: whole('by how much it varies either way, in milliseconds, evenly spread'),
  }),
  make: (where, { latency: delayMs, jitter: jitterMs, ...route }) =>
    httpLatency({ ...where, route, delayMs, jitterMs }),
});
