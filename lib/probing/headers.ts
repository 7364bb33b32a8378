import type { HeaderValue } from '../experiment/http-request.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';

/** Headers to send, and how to speak of what came of it. */
export interface ResolvedHeaders {
  readonly headers: Headers;
  /** A text without the secrets that were sent: a service may say back what it was given. */
  readonly withoutSecrets: (text: string) => string;
}

/**
 * Fills in the secrets of headers.
 *
 * @throws whatever reading a secret throws; SteadfastError `invalid` for one that no header can carry
 */
export async function resolveHeaders(
  given: Readonly<Record<string, HeaderValue>>,
  secret: (name: string) => Promise<string>,
): Promise<ResolvedHeaders> {
  const headers = new Headers();
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') {
      headers.set(name, value);
      continue;
    }
    const text = await secret(value.secret);
    if (text !== '') secrets.push(text);
    try {
      headers.set(name, text);
    } catch {
      // The system's own words would hold the secret.
      throw new SteadfastError(
        'invalid',
        `the secret '${value.secret}' cannot be a header: it holds a line break or the like`,
      );
    }
  }
  // The longest first: one secret may be part of another.
  secrets.sort((one, other) => other.length - one.length);
  return {
    headers,
    withoutSecrets: (text) => secrets.reduce((rest, hidden) => rest.replaceAll(hidden, '***'), text),
  };
}
