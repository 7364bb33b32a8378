import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a text in UTF-8, or of bytes, in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** SHA-256 of a value's canonical JSON, in hexadecimal: the same for the same definition, however its keys are ordered. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));
