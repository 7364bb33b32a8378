import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { gameDayEvidenceCommand } from '../../../lib/cli/commands/gameday-evidence.ts';
import { gameDayRetroCommand } from '../../../lib/cli/commands/gameday-retro.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { people } from '../../fakes/game-day/game-day-world.ts';
import { containing } from '../../fakes/matching.ts';
import { edition } from '../../lambdas/game-day/desk-world.ts';
import { staging } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { deskHere } from '../game-day/desk-here.ts';

/** An edition in staging with a note and a run that left a journal, and somebody at a terminal. */
async function held() {
  const { world, at } = await deskHere();
  await world.begin();
  await world.act(people.sue, { do: 'note', text: 'On-call was paged.' });
  const root = temporaryProject({ 'experiments/environments/staging.json': staging });
  return { root, bea: at('bea'), io: capturedIo(root) };
}

it('drafts the retrospective of an edition in AWS from what the desk gives', async () => {
  const { root, bea, io } = await held();
  expect(await gameDayRetroCommand(io.io, edition, { env: 'staging' }, bea.outside)).toBe(0);
  const markdown = readFileSync(join(root, 'retrospectives', edition, 'retro.md'), 'utf8');
  expect(markdown).toContain(`edition: ${edition}`);
  expect(markdown).toContain('On-call was paged.');
  expect(io.out()).toContain(' --env staging');
});

it('says which permission the key of evidence wants, and leaves no file', async () => {
  const kms = mockClient(KMSClient);
  kms.on(GetPublicKeyCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const { root, bea, io } = await held();
  const out = join(root, 'bundle');
  await expect(
    gameDayEvidenceCommand(io.io, edition, { env: 'staging', out }, bea.outside),
  ).rejects.toMatchObject({ code: 'permission', message: containing('kms:GetPublicKey') });
  expect(() => readFileSync(join(out, 'evidence-1.ndjson'))).toThrow('ENOENT');
  kms.restore();
});
