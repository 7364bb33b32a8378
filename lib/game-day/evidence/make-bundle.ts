import { canonicalJson } from '../../plan/canonical-json.ts';
import { sha256 } from '../../plan/hash.ts';
import { iso } from '../../run/iso.ts';
import { plainSignature } from './ecdsa.ts';
import {
  type EvidenceRecord,
  type EvidenceSignature,
  hashOfLine,
  type NewRecord,
  noHash,
  signedText,
} from './record.ts';

/** A key over P-256 whose private half never leaves its holder. */
export interface EvidenceSigner {
  /** The public half (SubjectPublicKeyInfo, DER). */
  publicKey(): Promise<Uint8Array>;
  /** ECDSA over SHA-256 of the text, in DER. */
  sign(text: string): Promise<Uint8Array>;
}

/** Everything that is to be kept, as one file: a line of canonical JSON for each record, and a last one that signs them all. */
export async function makeBundle(
  records: readonly NewRecord[],
  signer: EvidenceSigner,
  signedAtMs: number,
): Promise<string> {
  const chain = chained(records);
  const key = Buffer.from(await signer.publicKey()).toString('hex');
  const unsigned: Omit<EvidenceSignature, 'hash' | 'signature'> = {
    kind: 'signature',
    number: chain.length + 1,
    previous: chain.at(-1)?.hash ?? noHash,
    algorithm: 'ECDSA_SHA_256',
    signedAt: iso(signedAtMs),
    key,
    records: chain.map(({ kind, name, hash }) => [kind, name, hash]),
  };
  const signed = { ...unsigned, signature: plainSignature(await signer.sign(signedText(unsigned))) };
  return [...chain, { ...signed, hash: hashOfLine(signed) }]
    .map((line) => `${canonicalJson(line)}\n`)
    .join('');
}

function chained(records: readonly NewRecord[]): readonly EvidenceRecord[] {
  const chain: EvidenceRecord[] = [];
  for (const { kind, name, content } of records) {
    const record = { kind, name, content, number: chain.length + 1, previous: chain.at(-1)?.hash ?? noHash };
    chain.push({ ...record, hash: hashOfLine(record) });
  }
  return chain;
}

/** What names a whole bundle: a later one refers to it by this. */
export const headOf = (bundle: string): string => sha256(bundle);
