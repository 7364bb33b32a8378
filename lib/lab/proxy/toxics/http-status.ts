import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { onRequests } from '../http/on-requests.ts';
import type { RequestHead } from '../http/request-head.ts';
import { type Route, routeAttributes } from '../http/route.ts';
import type { Toxic } from '../toxic.ts';
import { toxicType, type Where } from '../toxic-type.ts';

interface HttpStatusOptions extends Where {
  readonly route: Route;
  readonly status: number;
  readonly body: string;
}

/** Statuses that have no body, nor a length of one (RFC 9110, sections 15.3.5 and 15.4.5). */
const bodiless = new Set([204, 304]);

function answerOf(status: number, text: string, { method }: RequestHead, last: boolean): Buffer {
  const body = Buffer.from(text);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...(bodiless.has(status)
      ? []
      : ['Content-Type: text/plain; charset=utf-8', `Content-Length: ${body.length}`]),
    ...(last ? ['Connection: close'] : []),
    '',
    '',
  ].join('\r\n');
  return method === 'HEAD' || bodiless.has(status)
    ? Buffer.from(head)
    : Buffer.concat([Buffer.from(head), body]);
}

/**
 * Answers the requests of a route itself; the service hears nothing of them. A request is answered when all of it has come, and at once
 * where the client waits for a word before it sends the body; then the connection is closed behind the answer.
 */
const httpStatus = ({ route, status, body, ...where }: HttpStatusOptions): Toxic =>
  onRequests(where, route, (head) => {
    const last = !head.keepsAlive || head.expectsContinue || head.body === 'unknown';
    return {
      when: head.expectsContinue || head.body === 'unknown' ? 'at once' : 'at its end',
      swallow: (victim) => {
        victim.answer(answerOf(status, body, head, last));
        if (last) victim.close();
      },
    };
  });

export const httpStatusType = toxicType({
  name: 'http_status',
  origin: 'steadfast',
  summary:
    'Answers a share of the requests of a route with a status, without the service. HTTP/1 in clear text; its stream makes no difference. A client that sends requests before the answers to those before (pipelining) may get answers out of order.',
  attributes: z.object({
    ...routeAttributes,
    status: z.int().min(200).max(599).default(503).describe('the status of the answer'),
    body: z.string().default('').describe('the text of the answer'),
  }),
  make: (where, { status, body, ...route }) => httpStatus({ ...where, route, status, body }),
});
