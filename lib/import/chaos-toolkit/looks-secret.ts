import { secretsIn } from '../secret-values.ts';

/** Names under which requests carry what lets somebody in. */
const secretName =
  /auth|secret|token|passw|cookie|key|credential|session|signature|jwt|bearer|signed|^sig$|^pin$/i;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Shorter texts of letters and digits are mostly ids. */
const shortestRandom = 20;

/** Whether a text looks drawn by a machine: long, without a word in it, letters and digits mixed; ids of the UUID kind are none. */
const looksDrawn = (text: string): boolean =>
  text.length >= shortestRandom &&
  /^[\w+/=.~-]+$/.test(text) &&
  /\d/.test(text) &&
  /[a-z]/i.test(text) &&
  !uuid.test(text);

/** Whether a header or a parameter of a query is a secret, by its name or by what it holds. */
export const looksSecret = (name: string, value: string): boolean =>
  secretName.test(name) || looksDrawn(value) || secretsIn(value, name).length > 0;

/** Whether a part of a path is one, as in the addresses of webhooks. */
export const isSecretSegment = (segment: string): boolean => looksDrawn(segment) && !segment.includes('.');
