import type { KnownToxic } from './book.ts';
import type { PlaneProxy, Refused } from './plane.ts';
import { shownTimeToLive } from './time-to-live.ts';

/** Types of content as Toxiproxy sends them: its errors are JSON in all but the header. */
const contentTypes = {
  json: 'application/json',
  version: 'application/json;charset=utf-8',
  text: 'text/plain; charset=utf-8',
  /** The text format of Prometheus. */
  metrics: 'text/plain; version=0.0.4; charset=utf-8',
} as const;

/** What a client is answered. */
export interface Answer {
  readonly status: number;
  readonly type?: (typeof contentTypes)[keyof typeof contentTypes];
  /** As it is sent; nothing where it is absent. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a client asks. */
export interface Ask {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly body: () => Promise<string>;
}

export const empty = (status: number): Answer => ({ status });

export const json = (status: number, body: unknown): Answer => ({
  status,
  type: contentTypes.json,
  body: JSON.stringify(body),
});

export const text = (status: number, body: string): Answer => ({
  status,
  type: contentTypes.text,
  body: `${body}\n`,
});

export const metricsText = (body: string): Answer => ({ status: 200, type: contentTypes.metrics, body });

export const versionAnswer = (version: string): Answer => ({
  status: 200,
  type: contentTypes.version,
  body: `{"version": "${version}"}\n`,
});

/** A refusal as an object in the order of Toxiproxy's; with a hint where Toxiproxy would not have refused. */
export const refusedBody = ({ status, error, hint }: Refused) => ({
  error,
  status,
  ...(hint === undefined ? {} : { hint }),
});

export const refusal = (status: number, error: string, hint?: string): Answer =>
  text(status, JSON.stringify(refusedBody({ status, error, hint })));

/** A toxic as clients see it. */
export const shownToxic = ({ toxic, ttlMs, expiresAtMs }: KnownToxic) => ({
  ...toxic,
  ...shownTimeToLive(ttlMs, expiresAtMs),
});

/** A proxy as clients see it; `Logger` is what Toxiproxy 2.12 shows beside. */
export const shownProxy = (
  { name, listen, upstream, enabled, ttlMs, expiresAtMs }: PlaneProxy,
  toxics: readonly KnownToxic[],
) => ({
  name,
  listen,
  upstream,
  enabled,
  Logger: {},
  toxics: toxics.map(shownToxic),
  ...shownTimeToLive(ttlMs, expiresAtMs),
});
