import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { sha256 } from '../../plan/hash.ts';

/** Each of r and s in a signature over P-256. */
const numberBytes = 32;

/** The order of the group of P-256 (NIST SP 800-186, 3.2.1.3). */
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/**
 * A signature in DER, as KMS gives it, as r and s side by side. Of the two values of s that are right for every signature the lower one is
 * taken, so that nobody can write the same signature in another way.
 */
export function plainSignature(der: Uint8Array): string {
  const bytes = Buffer.from(der);
  const read = (at: number): { readonly value: bigint; readonly end: number } => {
    const length = bytes[at + 1];
    if (bytes[at] !== 2 || length === undefined)
      throw new SteadfastError('internal', 'a signature is no DER');
    const end = at + 2 + length;
    return { value: BigInt(`0x${bytes.subarray(at + 2, end).toString('hex')}`), end };
  };
  const r = read(2);
  const s = read(r.end);
  const low = s.value > order / 2n ? order - s.value : s.value;
  return [r.value, low].map((value) => value.toString(16).padStart(2 * numberBytes, '0')).join('');
}

const isLow = (signature: string): boolean => BigInt(`0x${signature.slice(2 * numberBytes)}`) <= order / 2n;

/** Whether the holder of the key has signed the text. */
export const isSignedBy = (key: KeyObject, text: string, signature: string): boolean =>
  isLow(signature) &&
  verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'hex'));

/** What names a public key: SHA-256 of its SubjectPublicKeyInfo, in hexadecimal. */
export const fingerprintOf = (spki: Uint8Array): string => sha256(spki);

/** @throws SteadfastError where it is no public key over P-256 */
export function readPublicKey(spki: Uint8Array): KeyObject {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  throw new SteadfastError('invalid', 'the key is none over P-256', { hint: 'evidence is signed with one' });
}
