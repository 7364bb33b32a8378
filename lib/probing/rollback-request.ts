import type { HttpRequest } from '../experiment/probe.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { unexpected } from './expectation.ts';
import { resolveHeaders, urlOf } from './http-prober.ts';
import { readBody } from './read-body.ts';

/** The header that carries the run's id, by which a service knows a repeated rollback. */
export const runHeader = 'x-steadfast-run';

/**
 * Sends a rollback's request; what it expects of the answer must hold.
 *
 * @throws SteadfastError when there is no good answer in time
 */
export async function sendRollbackRequest(
  http: HttpRequest,
  options: {
    readonly runId: string;
    readonly timeoutMs: number;
    readonly urls: Readonly<Record<string, string>>;
    readonly secret: (name: string) => Promise<string>;
  },
): Promise<string> {
  const base = options.urls[http.service];
  if (base === undefined) throw new SteadfastError('invalid', `no URL is known of service '${http.service}'`);
  const response = await fetch(urlOf(base, http.path), {
    method: http.method,
    headers: { ...(await resolveHeaders(http.headers ?? {}, options.secret)), [runHeader]: options.runId },
    redirect: 'manual',
    signal: AbortSignal.timeout(Math.max(1, Math.floor(options.timeoutMs))),
    ...(http.body === undefined ? {} : { body: http.body }),
  });
  const body = await readBody(response);
  const what = `${http.method} ${http.path} of ${http.service}`;
  if (typeof body !== 'string') throw new SteadfastError('internal', `${what}: ${body.error}`);
  const wrong = unexpected(http, response.status, { nowMs: 0, headers: response.headers, body });
  if (wrong !== undefined) throw new SteadfastError('internal', `${what} answered with ${wrong}`);
  return `${what} answered with status ${response.status}`;
}
