import * as z from 'zod/mini';
import { canonicalJson } from '../../plan/canonical-json.ts';
import { sha256 } from '../../plan/hash.ts';

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const place = { number: z.int().check(z.positive()), previous: hash, hash };

const recordKinds = ['bundle', 'input', 'entry', 'journal', 'samples', 'timeline', 'retrospective'] as const;

/** What is kept as evidence: as it is or, where it is large and lies elsewhere, by its hash and length. */
const contentSchema = z.union([
  z.strictObject({ json: z.json() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ sha256: hash, bytes: z.optional(z.int().check(z.nonnegative())) }),
]);

/** One line of a bundle. Its hash is of everything else in it, the hash of the line before among it. */
export const recordSchema = z.strictObject({
  ...place,
  kind: z.enum(recordKinds),
  name: z.string(),
  content: contentSchema,
});

export type EvidenceRecord = z.output<typeof recordSchema>;

/** What is to be kept, before it has its place in the chain. */
export type NewRecord = Pick<EvidenceRecord, 'kind' | 'name' | 'content'>;

/** The last line: what was signed is all of it but the signature, the hash of every record among it. */
export const signatureSchema = z.strictObject({
  ...place,
  kind: z.literal('signature'),
  algorithm: z.literal('ECDSA_SHA_256'),
  signedAt: z.iso.datetime(),
  /** The public key (SubjectPublicKeyInfo, DER) in hexadecimal. It proves nothing by itself: a verifier pins it. */
  key: z.string().check(z.regex(/^(?:[0-9a-f]{2})+$/)),
  /** Kind, name and hash of every record, so that one which was changed can be named. */
  records: z.array(z.tuple([z.enum(recordKinds), z.string(), hash])),
  /** r and s of 32 bytes each, in hexadecimal: a form that has one spelling only. */
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});

export type EvidenceSignature = z.output<typeof signatureSchema>;

/** What the first line follows. */
export const noHash = '0'.repeat(64);

/** A line without its hash; one with it has the same hash. */
type Unhashed = Omit<EvidenceRecord, 'hash'> | Omit<EvidenceSignature, 'hash'>;

const without = (line: object, keys: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(line).filter(([key]) => !keys.includes(key)));

/** The hash that a line has to state. */
export const hashOfLine = (line: Unhashed): string => sha256(canonicalJson(without(line, ['hash'])));

/** What is signed: everything in the last line but the signature and the hash, which covers the signature too. */
export const signedText = (line: Omit<EvidenceSignature, 'hash' | 'signature'>): string =>
  canonicalJson(without(line, ['hash', 'signature']));
