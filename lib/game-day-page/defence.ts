import type { Context, MiddlewareHandler } from 'hono';

/** Nothing but the server's own script and style, no frame around it, no form to elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // A form sends its Origin only where the policy lets a referrer go to the same origin; with `no-referrer` it is `null`.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Says what every answer says; also of a stream, whose own headers come first. */
export const sayHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
};

/** Why a request is not for us; `undefined` where it is. */
export function foreignness(c: Context, port: number): string | undefined {
  const host = c.req.header('host');
  // A page of another host whose name was made to lead here (DNS rebinding) names that host.
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return 'The page is served to this machine alone, under its own address.';
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const site = c.req.header('sec-fetch-site');
  if (isRead) {
    // A link from elsewhere may be followed; elsewhere may not read, frame or embed.
    const isVisit =
      c.req.header('sec-fetch-mode') === 'navigate' && c.req.header('sec-fetch-dest') === 'document';
    return site === undefined || site === 'same-origin' || site === 'none' || isVisit
      ? undefined
      : 'Another page asked for this.';
  }
  // Other ports of this machine are another origin, yet the same site: cookies are sent with their requests.
  if (c.req.header('origin') !== `http://${host}` || (site !== undefined && site !== 'same-origin'))
    return 'Another page sent this.';
  return undefined;
}
