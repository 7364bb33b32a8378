import type { HttpRequest } from '../experiment/http-request.ts';

/** Statuses and methods whose answers have no body (RFC 9112, 6.3). */
const isBodiless = (method: string, status: number) => method === 'HEAD' || status === 204 || status === 304;

const isExpected = ({ expect }: HttpRequest, status: number) => [expect?.status].flat().includes(status);

/** Says where a redirect leads, when that is not the service that was asked and the probe does not expect it. */
export function leadsElsewhere(
  http: HttpRequest,
  url: URL,
  { status, headers }: Pick<Response, 'headers' | 'status'>,
): string | undefined {
  const location = headers.get('location');
  if (status < 300 || status >= 400 || location === null || isExpected(http, status)) return undefined;
  const leadsTo = URL.parse(location, url.href);
  if (leadsTo === null) return `status ${status}, a redirect that leads nowhere`;
  if (leadsTo.origin === url.origin) return undefined;
  return `status ${status}, a redirect to elsewhere (${leadsTo.origin}), which is not followed`;
}

/** Where only the end of the connection ends a body, one that was cut short looks whole (RFC 9112, 8). */
export function endlessBody(
  { method }: HttpRequest,
  { status, headers }: Pick<Response, 'headers' | 'status'>,
): string | undefined {
  if (isBodiless(method, status) || headers.has('content-length') || headers.has('transfer-encoding'))
    return undefined;
  return `status ${status}, but the answer says neither its length nor where it ends, so it may be cut short`;
}
