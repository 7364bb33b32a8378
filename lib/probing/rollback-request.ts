import type { HttpRequest } from '../experiment/http-request.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { unexpected } from './expectation.ts';
import { reasonOf } from './failure.ts';
import { resolveHeaders } from './headers.ts';
import { send, urlOf } from './http-prober.ts';
import { readBody } from './read-body.ts';
import { resolveTls } from './send-over-tls.ts';
import { short } from './short.ts';

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
  const { headers, withoutSecrets } = await resolveHeaders(http.headers ?? {}, options.secret);
  const tls = await resolveTls(http.tls, options.secret);
  headers.set(runHeader, options.runId);
  const what = `${http.method} ${http.path} of ${http.service}`;
  const failed = (why: string) => new SteadfastError('internal', `${what} ${short(withoutSecrets(why))}`);
  let response: Response;
  let body: Awaited<ReturnType<typeof readBody>>;
  try {
    response = await send({ url: urlOf(base, http.path), http, headers, timeoutMs: options.timeoutMs, tls });
    body = await readBody(response);
  } catch (cause) {
    throw failed(`was not answered: ${reasonOf(cause)}`);
  }
  if (typeof body !== 'string') throw failed(`was answered, but ${body.error}`);
  const wrong = unexpected(http, response.status, { nowMs: 0, headers: response.headers, body });
  if (wrong !== undefined) throw failed(`was answered with ${wrong}`);
  return `${what} answered with status ${response.status}`;
}
