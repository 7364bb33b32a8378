import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { fingerprintOf, readPublicKey } from '../../game-day/evidence/ecdsa.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';

const fingerprint = /^(?:sha256:)?([0-9a-f]{64})$/i;
const kmsArn = /^arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/.+$/;
const kmsName = /^(?:alias\/.+|(?:mrk-)?[0-9a-f-]{32,36})$/;

/**
 * The fingerprint of the key that is to be trusted: given itself, or that of a file with a public key, or that of a key of KMS.
 *
 * @throws SteadfastError `usage` for what is none of them, `invalid` for a key that is none over P-256
 */
export async function pinOf(
  io: Io,
  asked: string,
  choice: { readonly profile?: string | undefined; readonly region?: string | undefined },
  outside: Outside,
): Promise<string> {
  const [, given] = fingerprint.exec(asked) ?? [];
  if (given !== undefined) return given.toLowerCase();
  const file = resolve(io.cwd, asked);
  if (existsSync(file)) return fingerprintOf(publicKeyIn(await readFile(file), asked));
  const [, region] = kmsArn.exec(asked) ?? [];
  if (region !== undefined || kmsName.test(asked)) {
    const { place } = await outside.connect({ ...choice, region: choice.region ?? region });
    const { kmsPublicKey } = await import('../../aws/game-day/kms-signer.ts');
    return fingerprintOf(await kmsPublicKey(place, asked));
  }
  throw new SteadfastError(
    'usage',
    `'${asked}' is neither the fingerprint of a key, nor a file, nor a key of KMS`,
    {
      hint: 'give 64 hexadecimal digits, a file with a public key (PEM or DER), or an ARN or alias of KMS',
    },
  );
}

function publicKeyIn(bytes: Buffer, asked: string): Uint8Array {
  const key = keyOf(bytes);
  if (key === undefined)
    throw new SteadfastError('invalid', `${asked} holds no public key`, {
      hint: 'it is to be in PEM or in DER (SubjectPublicKeyInfo)',
    });
  const spki = key.export({ type: 'spki', format: 'der' });
  readPublicKey(spki);
  return spki;
}

function keyOf(bytes: Buffer): KeyObject | undefined {
  try {
    return bytes.includes('-----BEGIN')
      ? createPublicKey(bytes)
      : createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
