import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { HttpRequest, TlsOptions } from '../experiment/http-request.ts';

/** What a service's certificate is checked by, and what is shown to it. */
export interface ResolvedTls {
  readonly ca?: string;
  readonly servername?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Fills in the secrets of a request's TLS options; undefined where it has none.
 *
 * @throws whatever reading a secret throws, and where one is no certificate or key
 */
export async function resolveTls(
  tls: TlsOptions | undefined,
  secret: (name: string) => Promise<string>,
): Promise<ResolvedTls | undefined> {
  if (tls === undefined) return undefined;
  const { ca, serverName, certificate, key } = tls;
  const resolved = {
    ...(ca === undefined ? {} : { ca: await secret(ca.secret) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...(certificate === undefined ? {} : { cert: await secret(certificate.secret) }),
    ...(key === undefined ? {} : { key: await secret(key.secret) }),
  };
  // What is none (of a CA, OpenSSL would say nothing) is found out here: while a request is sent, it would pass for a failure of the service.
  if (resolved.ca !== undefined) new X509Certificate(resolved.ca);
  createSecureContext(resolved);
  return resolved;
}

/** Statuses whose answers have no body, which a Response must be told. */
const bodiless: readonly number[] = [101, 103, 204, 205, 304];

/** A broken body says that its connection was closed; where its time was up, that is the reason. */
async function* bodyOf(message: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of message) if (chunk instanceof Uint8Array) yield chunk;
  } catch (cause) {
    throw signal.aborted ? signal.reason : cause;
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  return headers;
}

/**
 * Sends a request as `fetch` does, with TLS options of its own: what `fetch` takes them by is in a package that Node does not give out.
 * Redirects are not followed, and a certificate that nobody vouches for is refused.
 */
export const sendOverTls = (options: {
  readonly url: URL;
  readonly http: HttpRequest;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly tls: ResolvedTls;
}): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { url, http, headers, signal, tls } = options;
    const sent = request(
      url,
      {
        ...tls,
        method: http.method,
        // Nothing here unpacks an answer.
        headers: { 'accept-encoding': 'identity', ...Object.fromEntries(headers) },
        rejectUnauthorized: true,
        signal,
      },
      (message) => {
        const status = message.statusCode ?? 0;
        const body = bodiless.includes(status) ? null : ReadableStream.from(bodyOf(message, signal));
        if (body === null) message.resume();
        try {
          resolve(new Response(body, { status, headers: headersOf(message) }));
        } catch (cause) {
          message.destroy();
          reject(cause);
        }
      },
    );
    sent.once('error', (cause) => reject(signal.aborted ? signal.reason : cause));
    sent.end(http.body);
  });
