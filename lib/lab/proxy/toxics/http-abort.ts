import * as z from 'zod';
import { onRequests } from '../http/on-requests.ts';
import { type Route, routeAttributes } from '../http/route.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

/** Resets the connection (RST) on requests of a route; the service hears nothing of them. */
const httpAbort = ({ route, ...where }: Where & { readonly route: Route }): Toxic =>
  onRequests(where, route, () => ({ when: 'at once', swallow: ({ reset }) => reset() }));

export const httpAbortType = toxicType({
  name: 'http_abort',
  origin: 'steadfast',
  summary:
    'Resets the connection (RST) on a share of the requests of a route. HTTP/1 in clear text; its stream makes no difference.',
  attributes: z.object(routeAttributes),
  make: (where, route) => httpAbort({ ...where, route }),
});
