import type { HttpRequest } from '../experiment/http-request.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { outside } from '../experiment/vantage-point-names.ts';
import type { Clock, ProbeOutcome, ProbeRequest, Prober } from '../run/ports.ts';
import { unexpected } from './expectation.ts';
import { type Answer, createExtractor } from './extract.ts';
import { failureOf, isOwn, isTimeout } from './failure.ts';
import { type ResolvedHeaders, resolveHeaders } from './headers.ts';
import { endlessBody, leadsElsewhere } from './misleading.ts';
import { readBody } from './read-body.ts';
import type { SelfCheck } from './self-check.ts';
import { type ResolvedTls, resolveTls, sendOverTls } from './send-over-tls.ts';
import { followed } from './sent-requests.ts';
import { short } from './short.ts';
import { createSteadiness, inSeconds, type Steadiness, type Unsteady } from './steadiness.ts';

export interface HttpProberOptions {
  readonly clock: Clock;
  /** Base URL of each service by logical name. */
  readonly urls: Readonly<Record<string, string>>;
  /** The value of a secret by logical name; read when it is sent, never kept in an outcome. */
  readonly secret: (name: string) => Promise<string>;
  /** Why a URL may not be asked; undefined when it may. A rehearsal allows loopback only. */
  readonly refuse?: (url: URL) => string | undefined;
  /** What is looked at when no answer comes; without it every failure is the system's. */
  readonly selfCheck?: SelfCheck;
}

/** A failure of our own side says nothing about the system. */
const ofProber = (text: string): ProbeOutcome => ({ error: `prober: ${text}` });

/** An outcome, and whether there was any HTTP answer that it is about. */
interface Asked {
  readonly outcome: ProbeOutcome;
  readonly unanswered?: 'timeout' | 'failure';
}

/** Looks at services over HTTP. Redirects are not followed: a status of 3xx is the answer. */
export function createHttpProber(options: HttpProberOptions): Prober {
  const { clock, selfCheck } = options;
  const extract = createExtractor();
  const steadiness = createSteadiness(clock);

  const ask = async (request: ProbeRequest): Promise<ProbeOutcome> => {
    const { probe, definition, dueMs, timeoutMs, selfChecks } = request;
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
    let tls: ResolvedTls | undefined;
    try {
      tls = await resolveTls(http.tls, options.secret);
    } catch (cause) {
      return ofProber(`a certificate or key could not be read: ${messageOf(cause)}`);
    }
    const steady = steadiness.follow();
    const sending = { url, http, headers: resolved.headers, timeoutMs, tls };
    // The age of an answer is told by the time of day, its growth by a clock that goes evenly.
    const nowMs = () => (http.ageOf === undefined ? clock.now() : (clock.timeOfDay?.() ?? clock.now()));
    const asked = await askOnce(clock, sending, { dueMs, nowMs }, (answer) => {
      const value = extract(probe, http, answer);
      return http.ageOf === undefined || typeof value !== 'number'
        ? value
        : trustedAge(value, answer, steadiness);
    });
    const { outcome, unanswered } = asked;
    const unsteady = steady();
    if (unsteady !== undefined && isSpoilt(asked, unsteady, timeoutMs)) return ofProber(unsteady.why);
    if (outcome.error === undefined) return outcome;
    const error = short(resolved.withoutSecrets(outcome.error));
    const works = selfChecks?.includes(outside) === true;
    const failed = unanswered !== undefined && works ? await selfCheck?.look() : undefined;
    return failed === undefined
      ? { ...outcome, error }
      : ofProber(`${error} (self-check of ${selfCheck?.url} failed: ${short(failed)})`);
  };

  return {
    ask,
    selfChecks: async () => {
      if (selfCheck === undefined) return [];
      const failed = await selfCheck.look();
      return [{ from: outside, url: selfCheck.url, ...(failed === undefined ? {} : { failed }) }];
    },
  };
}

/** The service's URL with the probe's path below it. */
export const urlOf = (base: string, path: string): URL => new URL(`${base.replace(/\/$/, '')}${path}`);

/** Whether time that did not go evenly may have made an outcome. An answer that is bad by what it says is bad whenever it came. */
function isSpoilt({ outcome, unanswered }: Asked, { lostMs }: Unsteady, timeoutMs: number): boolean {
  return unanswered === 'timeout'
    ? lostMs >= timeoutMs / 2
    : unanswered === 'failure' || outcome.error === undefined;
}

/** What was written before the time of day was moved seems as much older or younger. */
function trustedAge(seconds: number, { nowMs }: Answer, { moved }: Steadiness): number | string {
  if (moved === undefined || seconds * 1_000 <= nowMs - moved.atMs) return seconds;
  return `prober: the time of day was moved by ${inSeconds(moved.byMs)} since, so an age of ${seconds.toFixed(1)} s says nothing`;
}

interface Request {
  readonly url: URL;
  readonly http: HttpRequest;
  readonly headers: Headers;
  readonly timeoutMs: number;
  readonly tls?: ResolvedTls | undefined;
}

async function askOnce(
  clock: Clock,
  request: Request,
  { dueMs, nowMs }: { readonly dueMs: number; readonly nowMs: () => number },
  extract: (answer: Answer) => ReturnType<ReturnType<typeof createExtractor>>,
): Promise<Asked> {
  const { http, timeoutMs, url } = request;
  const latencyMs = () => Math.max(0, Math.round((clock.now() - dueMs) * 1_000) / 1_000);
  let status: number | undefined;
  try {
    const { came: response, wasSent } = await followed(() => send(request));
    status = response.status;
    const body = await readBody(response);
    const seen = { latencyMs: latencyMs(), status };
    const bad = (error: string): Asked => ({ outcome: { ...seen, error } });
    if (typeof body !== 'string') return bad(body.error);
    if (http.body !== undefined && wasSent() === false)
      return bad('it answered before it had been sent the whole request');
    const answer: Answer = { nowMs: nowMs(), headers: response.headers, body };
    const wrong =
      leadsElsewhere(http, url, response) ?? unexpected(http, status, answer) ?? endlessBody(http, response);
    if (wrong !== undefined) return bad(wrong);
    const value = extract(answer);
    if (typeof value === 'string') return bad(value);
    return { outcome: { ...seen, ...(value === undefined ? {} : { value }) } };
  } catch (cause) {
    const answered = status === undefined ? {} : { status };
    // A time-out is a latency too: at least so long.
    if (isTimeout(cause)) {
      const error =
        status === undefined
          ? `no answer within ${timeoutMs} ms`
          : `no end of the answer within ${timeoutMs} ms`;
      return {
        outcome: { latencyMs: timeoutMs, ...answered, error },
        ...(status === undefined ? { unanswered: 'timeout' } : {}),
      };
    }
    if (isOwn(cause)) return { outcome: ofProber(failureOf(cause)) };
    return status === undefined
      ? { outcome: { latencyMs: latencyMs(), error: failureOf(cause) }, unanswered: 'failure' }
      : { outcome: { latencyMs: latencyMs(), status, error: `the answer broke off: ${failureOf(cause)}` } };
  }
}

/** Sends a request; its answer's body, too, must be there in time. Timers count whole milliseconds. */
export const send = ({ url, http, headers, timeoutMs, tls }: Request): Promise<Response> => {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  if (tls !== undefined && url.protocol === 'https:') return sendOverTls({ url, http, headers, signal, tls });
  return fetch(url, {
    method: http.method,
    headers,
    redirect: 'manual',
    signal,
    ...(http.body === undefined ? {} : { body: http.body }),
  });
};
