import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { EvidenceSigner } from '../game-day/evidence/make-bundle.ts';
import { writeNew } from './write-new.ts';

/** The key of a project's rehearsals: it is made once, and nobody else may read it. */
export const evidenceKeyFile = (root: string): string => join(root, '.steadfast', 'evidence-key.pem');

/**
 * Signs the evidence of rehearsals with the project's own key, which is made where there is none.
 *
 * @throws SteadfastError `permission` where others may read the key, `invalid` where the file holds none over P-256
 */
export async function createLocalSigner(root: string): Promise<EvidenceSigner> {
  const key = await keyIn(evidenceKeyFile(root));
  return {
    publicKey: async () => createPublicKey(key).export({ type: 'spki', format: 'der' }),
    sign: async (text) => sign('sha256', Buffer.from(text), key),
  };
}

async function keyIn(file: string): Promise<KeyObject> {
  await mkdir(dirname(file), { recursive: true });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  // Of two who make it at once one is told that it is there, and takes it.
  if ((await writeNew(file, made, 0o600)) === 'written') await chmod(file, 0o600);
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new SteadfastError('permission', `others may read ${file}, so what it signs proves nothing`, {
      hint: `if nobody has had it: chmod 600 ${file}; else remove it, and a new one is made`,
    });
  const text = await readFile(file, 'utf8');
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Told below.
  }
  throw new SteadfastError('invalid', `${file} holds no private key over P-256`, {
    hint: 'remove it, and a new one is made',
  });
}
