import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evidenceVerifyCommand } from '../../../lib/cli/commands/evidence-verify.ts';
import { fingerprintOf } from '../../../lib/game-day/evidence/ecdsa.ts';
import { makeBundle } from '../../../lib/game-day/evidence/make-bundle.ts';
import { createLocalSigner, evidenceKeyFile } from '../../../lib/rehearsal/evidence-key.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

let root: string;
let spki: Uint8Array;
let pin: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'steadfast-evidence-'));
  const signer = await createLocalSigner(root);
  spki = await signer.publicKey();
  pin = fingerprintOf(spki);
  const bundle = await makeBundle(
    [
      { kind: 'bundle', name: 'payment-down', content: { json: {} } },
      { kind: 'entry', name: '1 (note)', content: { json: { text: 'It was well.' } } },
    ],
    signer,
    Date.parse('2026-05-01T09:00:00Z'),
  );
  writeFileSync(join(root, 'whole.ndjson'), bundle);
  writeFileSync(join(root, 'changed.ndjson'), bundle.replace('well', 'ill.'));
  writeFileSync(join(root, 'key.der'), spki);
});

afterAll(() => rmSync(root, { recursive: true }));

async function verified(file: string, key: string, json = false) {
  const { io, out } = capturedIo(root);
  const fake = createFakeOutside();
  const code = await evidenceVerifyCommand(io, file, { key, json }, fake.outside);
  if (json) expectDocument('evidence verify', out());
  return { code, out: out(), choices: fake.choices };
}

it('accepts what nobody changed, by the fingerprint or a file of the key', async () => {
  // A private key holds the public one; a person has that of their own project at hand.
  for (const key of [pin, `SHA256:${pin.toUpperCase()}`, 'key.der', evidenceKeyFile(root)]) {
    const { code, out } = await verified('whole.ndjson', key);
    expect(code).toBe(0);
    expect(out).toContain(
      `nothing was changed. 2 records of payment-down, signed at 2026-05-01T09:00:00.000Z`,
    );
  }
});

it('accepts it by a key of KMS, in the Region that its ARN names', async () => {
  const kms = mockClient(KMSClient);
  kms.on(GetPublicKeyCommand).resolves({ PublicKey: spki, KeySpec: 'ECC_NIST_P256' });
  const arn = 'arn:aws:kms:eu-central-1:111111111111:key/0d0b3c3e-6ab4-4a3d-9d2a-0123456789ab';
  const { code, choices } = await verified('whole.ndjson', arn);
  expect([code, choices[0]?.region]).toEqual([0, 'eu-central-1']);
  expect((await verified('whole.ndjson', 'alias/steadfast-staging-evidence')).code).toBe(0);
});

it('refuses what was changed with exit code 4, and says what', async () => {
  const { code, out } = await verified('changed.ndjson', pin);
  expect(code).toBe(4);
  expect(out).toContain('it proves nothing');
  expect(out).toContain('line 2: entry 1 (note) was changed');
  expect(JSON.parse((await verified('changed.ndjson', pin, true)).out)).toMatchObject({
    ok: false,
    problems: [{ code: 'changed', record: { name: '1 (note)' } }],
  });
});

it('refuses what another key has signed', async () => {
  const { code, out } = await verified('whole.ndjson', '0'.repeat(64));
  expect(code).toBe(4);
  expect(out).toContain(`it was signed with the key ${pin}, and the one to be trusted is ${'0'.repeat(64)}`);
});

it('says what is wrong with a key or file that is none', async () => {
  await expect(verified('whole.ndjson', 'no-key')).rejects.toThrow(/neither the fingerprint/);
  await expect(verified('whole.ndjson', 'whole.ndjson')).rejects.toThrow('holds no public key');
  await expect(verified('missing.ndjson', pin)).rejects.toThrow('there is no file missing.ndjson');
  const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  writeFileSync(join(root, 'other.pem'), other.export({ type: 'spki', format: 'pem' }));
  await expect(verified('whole.ndjson', 'other.pem')).rejects.toThrow('none over P-256');
});
