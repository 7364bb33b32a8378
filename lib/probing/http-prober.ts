import type { HeaderValue, HttpProbe, HttpRequest } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock, ProbeOutcome, Prober } from '../run/ports.ts';
import { unexpected } from './expectation.ts';
import { type Answer, createExtractor } from './extract.ts';
import { readBody } from './read-body.ts';

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
      const base = options.urls[definition.http.service];
      if (base === undefined) return ofProber(`no URL is known of service ${definition.http.service}`);
      const url = urlOf(base, definition.http.path);
      const refused = options.refuse?.(url);
      if (refused !== undefined) return ofProber(refused);
      let headers: Record<string, string>;
      try {
        headers = await resolveHeaders(definition.http.headers ?? {}, options.secret);
      } catch (cause) {
        return ofProber(`a secret could not be read: ${messageOf(cause)}`);
      }
      return askOnce(options.clock, url, headers, definition, { dueMs, timeoutMs }, (answer) =>
        extract(probe, definition.http, answer),
      );
    },
  };
}

/** The service's URL with the probe's path below it. */
export const urlOf = (base: string, path: string): URL => new URL(`${base.replace(/\/$/, '')}${path}`);

/** Headers with their secrets filled in. */
export async function resolveHeaders(
  headers: Readonly<Record<string, HeaderValue>>,
  secret: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  const resolved = Object.entries(headers).map(
    async ([name, value]) => [name, typeof value === 'string' ? value : await secret(value.secret)] as const,
  );
  return Object.fromEntries(await Promise.all(resolved));
}

async function askOnce(
  clock: Clock,
  url: URL,
  headers: Record<string, string>,
  definition: HttpProbe,
  time: { readonly dueMs: number; readonly timeoutMs: number },
  extract: (answer: Answer) => number | string | undefined,
): Promise<ProbeOutcome> {
  const { http } = definition;
  const latencyMs = () => Math.max(0, Math.round((clock.now() - time.dueMs) * 1_000) / 1_000);
  try {
    const response = await send(url, http, headers, time.timeoutMs);
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
      ? { latencyMs: time.timeoutMs, error: `no answer within ${time.timeoutMs} ms` }
      : { latencyMs: latencyMs(), error: reasonOf(cause) };
  }
}

const send = (
  url: URL,
  http: HttpRequest,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Response> =>
  fetch(url, {
    method: http.method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(http.body === undefined ? {} : { body: http.body }),
  });

const isTimeout = (cause: unknown): boolean => cause instanceof Error && cause.name === 'TimeoutError';

/** Fetch hides the reason (ECONNREFUSED and the like) in the cause. */
const reasonOf = (cause: unknown): string =>
  cause instanceof Error && cause.cause !== undefined
    ? messageOf(cause.cause) || messageOf(cause)
    : messageOf(cause);
