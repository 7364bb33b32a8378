import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../lib/game-day/evidence/ecdsa.ts';
import { makeBundle } from '../../lib/game-day/evidence/make-bundle.ts';
import { verifyEvidence } from '../../lib/game-day/evidence/verify-evidence.ts';
import { createLocalSigner, evidenceKeyFile } from '../../lib/rehearsal/evidence-key.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';

it('is made once, also by two at the same time, and nobody else may read it', async () => {
  const root = temporaryProject({});
  const signers = await Promise.all([createLocalSigner(root), createLocalSigner(root)]);
  const pins = await Promise.all(
    [...signers, await createLocalSigner(root)].map(async (one) => fingerprintOf(await one.publicKey())),
  );
  expect(new Set(pins).size).toBe(1);
  expect(statSync(evidenceKeyFile(root)).mode & 0o777).toBe(0o600);
  const [signer] = signers;
  const bundle = await makeBundle([], signer, Date.parse('2026-05-01T09:00:00Z'));
  expect(verifyEvidence(Buffer.from(bundle), pins[0] ?? '').ok).toBe(true);
});

it('is refused where others may have had it, and where it is none', async () => {
  const root = temporaryProject({});
  await createLocalSigner(root);
  chmodSync(evidenceKeyFile(root), 0o644);
  await expect(createLocalSigner(root)).rejects.toThrow('others may read');
  chmodSync(evidenceKeyFile(root), 0o600);
  writeFileSync(evidenceKeyFile(root), 'no key');
  await expect(createLocalSigner(root)).rejects.toThrow('holds no private key over P-256');
});
