import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createKmsSigner } from '../../../lib/aws/game-day/kms-signer.ts';
import { fingerprintOf } from '../../../lib/game-day/evidence/ecdsa.ts';
import { makeBundle } from '../../../lib/game-day/evidence/make-bundle.ts';
import { verifyEvidence } from '../../../lib/game-day/evidence/verify-evidence.ts';

const kms = mockClient(KMSClient);
const place = { region: 'eu-west-1' };
const alias = 'alias/steadfast-staging-evidence';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = publicKey.export({ type: 'spki', format: 'der' });

beforeEach(() => {
  kms.reset();
  kms.on(GetPublicKeyCommand, { KeyId: alias }).resolves({ PublicKey: spki, KeySpec: 'ECC_NIST_P256' });
});

it('signs a bundle as KMS does, so that it is verified by the key alone', async () => {
  const signer = createKmsSigner(place, alias);
  kms.on(SignCommand).callsFake(({ KeyId, Message, MessageType, SigningAlgorithm }) => {
    expect([KeyId, MessageType, SigningAlgorithm]).toEqual([alias, 'DIGEST', 'ECDSA_SHA_256']);
    const text = signed.find((one) => createHash('sha256').update(one).digest().equals(Buffer.from(Message)));
    if (text === undefined) throw new Error('the digest is of another text');
    return { Signature: sign('sha256', Buffer.from(text), privateKey) };
  });
  const signed: string[] = [];
  const remembering = (text: string) => {
    signed.push(text);
    return signer.sign(text);
  };
  const bundle = await makeBundle(
    // More than the 4,096 bytes that KMS takes as they are.
    [{ kind: 'retrospective', name: 'retro.md', content: { text: 'x'.repeat(5_000) } }],
    { ...signer, sign: remembering },
    Date.parse('2026-05-01T09:00:00Z'),
  );
  expect(verifyEvidence(Buffer.from(bundle), fingerprintOf(spki)).problems).toEqual([]);
});

it('is asked for the public half, and refuses a key of another kind', async () => {
  const signer = createKmsSigner(place, alias);
  expect(await signer.publicKey()).toEqual(spki);
  kms.on(GetPublicKeyCommand, { KeyId: alias }).resolves({ PublicKey: spki, KeySpec: 'RSA_2048' });
  await expect(signer.publicKey()).rejects.toThrow(`the key ${alias} is RSA_2048`);
});

it('says which permission is missing', async () => {
  kms
    .on(SignCommand)
    .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException', $metadata: {} }));
  await expect(createKmsSigner(place, alias).sign('text')).rejects.toThrow(/kms:Sign/);
});
