import type { HttpRequest } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock, ProbeOutcome, Prober } from '../run/ports.ts';
import { unexpected } from './expectation.ts';
import { type Answer, createExtractor } from './extract.ts';
import { type ResolvedHeaders, resolveHeaders } from './headers.ts';
import { readBody } from './read-body.ts';
import { short } from './short.ts';

export interface HttpProberOptions {
  readonly clock: Clock;
  /** Base URL of each service by logical name. */
  readonly urls: Readonly<Record<string, string>>;
  /** The value of a secret by logical name; read when it is sent, never kept in an outcome. */
  readonly secret: (name: string) => Promise<string>;
  /** Why a URL may not be asked; undefined when it may. A rehearsal allows loopback only. */
  readonly refuse?: (url: URL) => string | undefined;
}

/** A failure of our own side says nothing about the system. */
const ofProber = (text: string): ProbeOutcome => ({ error: `prober: ${text}` });

/** Looks at services over HTTP. Redirects are not followed: a status of 3xx is the answer. */
export function createHttpProber(options: HttpProberOptions): Prober {
  const extract = createExtractor();
  return {
    async ask({ probe, definition, dueMs, timeoutMs }) {
      const { http } = definition;
      const base = options.urls[http.service];
      if (base === undefined) return ofProber(`no URL is known of service ${http.service}`);
      const url = urlOf(base, http.path);
      const refused = options.refuse?.(url);
      if (refused !== undefined) return ofProber(refused);
      let resolved: ResolvedHeaders;
      try {
        resolved = await resolveHeaders(http.headers ?? {}, options.secret);
      } catch (cause) {
        return ofProber(`a header could not be made: ${messageOf(cause)}`);
      }
      const request = { url, http, headers: resolved.headers, timeoutMs };
      const outcome = await askOnce(options.clock, request, dueMs, (answer) => extract(probe, http, answer));
      return outcome.error === undefined
        ? outcome
        : { ...outcome, error: short(resolved.withoutSecrets(outcome.error)) };
    },
  };
}

/** The service's URL with the probe's path below it. */
export const urlOf = (base: string, path: string): URL => new URL(`${base.replace(/\/$/, '')}${path}`);

interface Request {
  readonly url: URL;
  readonly http: HttpRequest;
  readonly headers: Headers;
  readonly timeoutMs: number;
}

async function askOnce(
  clock: Clock,
  request: Request,
  dueMs: number,
  extract: (answer: Answer) => ReturnType<ReturnType<typeof createExtractor>>,
): Promise<ProbeOutcome> {
  const { http, timeoutMs } = request;
  const latencyMs = () => Math.max(0, Math.round((clock.now() - dueMs) * 1_000) / 1_000);
  try {
    const response = await send(request);
    const body = await readBody(response);
    const seen = { latencyMs: latencyMs(), status: response.status };
    if (typeof body !== 'string') return { ...seen, error: body.error };
    const answer: Answer = { nowMs: clock.now(), headers: response.headers, body };
    const wrong = unexpected(http, response.status, answer);
    if (wrong !== undefined) return { ...seen, error: wrong };
    const value = extract(answer);
    if (typeof value === 'string') return { ...seen, error: value };
    return { ...seen, ...(value === undefined ? {} : { value }) };
  } catch (cause) {
    // A time-out is a latency too: at least so long.
    return isTimeout(cause)
      ? { latencyMs: timeoutMs, error: `no answer within ${timeoutMs} ms` }
      : { latencyMs: latencyMs(), error: reasonOf(cause) };
  }
}

/** Sends a request; its answer's body, too, must be there in time. Timers count whole milliseconds. */
export const send = ({ url, http, headers, timeoutMs }: Request): Promise<Response> =>
  fetch(url, {
    method: http.method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
    ...(http.body === undefined ? {} : { body: http.body }),
  });

const isTimeout = (cause: unknown): boolean => cause instanceof Error && cause.name === 'TimeoutError';

/** Fetch hides the reason (ECONNREFUSED and the like) in the cause. */
export const reasonOf = (cause: unknown): string =>
  cause instanceof Error && cause.cause !== undefined
    ? messageOf(cause.cause) || messageOf(cause)
    : messageOf(cause);
