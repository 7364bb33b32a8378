import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, refusal, text } from './answer.ts';

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

const bearer = /^Bearer +(\S+)$/i;

/**
 * Looks at who asks, before anything is done; an answer where nothing is to be done.
 *
 * No page that somebody looks at in a browser may put a fault in. Toxiproxy tells browsers by their name, which a page's script can change
 * in some; what a script cannot leave out is the origin of a request that changes something, and that it came from a site (Fetch
 * Standard, forbidden request-headers).
 */
export function admitRequest(headers: IncomingHttpHeaders, token: string | undefined): Answer | undefined {
  if (headers['user-agent']?.startsWith('Mozilla/') === true) return text(403, 'User agent not allowed');
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none'))
    return refusal(
      403,
      'requests from web pages are not allowed',
      'ask from a program, without the header Origin',
    );
  if (token === undefined) return undefined;
  const given = bearer.exec(headers.authorization ?? '')?.[1];
  // Compared by digests, in the same time whatever is in them.
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return undefined;
  return {
    ...refusal(401, 'a token is needed', "send the header 'Authorization: Bearer <token>'"),
    headers: { 'www-authenticate': 'Bearer' },
  };
}
