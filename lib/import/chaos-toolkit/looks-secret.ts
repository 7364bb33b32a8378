import { secretsIn } from '../secret-values.ts';

/** Names under which requests carry what lets somebody in. */
const secretName =
  /auth(?!or)|secret|token|passw|cookie|(^|[-_.])key($|[-_.])|[a-z]key$|credential|session|signature|jwt|bearer|(^|[-_.])signed|^sig$|^pin$/i;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Headers that say how to answer or who asks, and let nobody in. */
const wellKnown =
  /^(accept(-.*)?|cache-control|connection|content-.*|dnt|expect|from|if-.*|origin|pragma|prefer|range|referer|te|traceparent|tracestate|user-agent|via|x-forwarded-.*|x-requested-with)$/i;

/** From how many letters on a text is taken for drawn: in a path, in a query, in a header that is not well known. */
const shortestDrawn = { segment: 20, query: 12, header: 8 } as const;

/** Whether a text looks drawn by a machine: long, without white space, letters and digits mixed; ids of the UUID kind are none. */
const looksDrawn = (text: string, shortest: number): boolean =>
  text.length >= shortest &&
  /^[\w+/=.~:;-]+$/.test(text) &&
  /\d/.test(text) &&
  /[a-z]/i.test(text) &&
  !uuid.test(text);

/** Whether a parameter of a query is a secret, by its name or by what it holds; or what stands under a name in an answer. */
export const looksSecret = (name: string, value: string): boolean =>
  secretName.test(name) || looksDrawn(value, shortestDrawn.query) || secretsIn(value, name).length > 0;

/** Whether a header is one. */
export const isSecretHeader = (name: string, value: string): boolean =>
  wellKnown.test(name)
    ? secretsIn(value, name).length > 0
    : looksSecret(name, value) || looksDrawn(value, shortestDrawn.header);

/** Whether a part of a path is one, as in the addresses of webhooks. */
export const isSecretSegment = (segment: string): boolean =>
  looksDrawn(segment, shortestDrawn.segment) && !segment.includes('.');
