import { createHash } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { EvidenceSigner } from '../../game-day/evidence/make-bundle.ts';
import type { ClientPlace } from '../client-place.ts';
import { asking } from '../command/aws-problem.ts';

/** The public half of a key of KMS (SubjectPublicKeyInfo, DER): what bundles that it has signed are verified by. */
export const kmsPublicKey = (place: ClientPlace, key: string): Promise<Uint8Array> =>
  publicKeyOf(new KMSClient(place), key);

async function publicKeyOf(kms: KMSClient, key: string): Promise<Uint8Array> {
  const { PublicKey, KeySpec } = await asking({ action: 'kms:GetPublicKey', resource: key }, () =>
    kms.send(new GetPublicKeyCommand({ KeyId: key })),
  );
  if (PublicKey !== undefined && KeySpec === 'ECC_NIST_P256') return PublicKey;
  throw new SteadfastError('invalid', `the key ${key} is ${KeySpec ?? 'of no known kind'}`, {
    hint: 'evidence is signed with a key of the kind ECC_NIST_P256',
  });
}

/** Signs evidence with a key of KMS, in the name of whoever's credentials these are. The text itself never leaves: its SHA-256 is signed. */
export function createKmsSigner(place: ClientPlace, key: string): EvidenceSigner {
  const kms = new KMSClient(place);
  return {
    publicKey: () => publicKeyOf(kms, key),
    sign: async (text) => {
      const { Signature } = await asking({ action: 'kms:Sign', resource: key }, () =>
        kms.send(
          new SignCommand({
            KeyId: key,
            Message: createHash('sha256').update(text).digest(),
            MessageType: 'DIGEST',
            SigningAlgorithm: 'ECDSA_SHA_256',
          }),
        ),
      );
      if (Signature === undefined)
        throw new SteadfastError('internal', `KMS gave no signature of the key ${key}`);
      return Signature;
    },
  };
}
