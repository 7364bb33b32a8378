import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRootOf } from '../../definitions/project-root.ts';
import type { RoleName } from '../../experiment/role-names.ts';
import type { EvidenceSigner } from '../../game-day/evidence/make-bundle.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { gameDayFolders } from '../../rehearsal/game-day/files.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';
import { runsFolder } from '../runs-folder.ts';
import type { GameDayRecord } from './client.ts';
import { readLocalEdition } from './local-edition.ts';
import { folderOfEdition } from './retrospectives.ts';

export interface KeptEditionFlags extends EnvironmentFlags {
  readonly role?: RoleName | undefined;
}

/** An edition as what was kept of it, wherever it took place. */
export interface KeptEdition {
  readonly edition: string;
  /** The folder that holds `experiments/`. */
  readonly root: string;
  /** What words of the command name its place by: ` --env staging`, or nothing. */
  readonly flags: string;
  readonly record: GameDayRecord;
  /** The text of a run's journal; undefined where it left none. */
  readonly journalOf: (runId: string) => Promise<string | undefined>;
  /** Who signs evidence of it. */
  readonly signer: () => Promise<EvidenceSigner>;
}

/**
 * Opens what was kept of an edition: that of a rehearsal in this project or, where an environment is named or there is no such rehearsal,
 * that of an environment.
 *
 * @throws SteadfastError `unknown-id` where there is none
 */
export async function openKeptEdition(
  io: Io,
  edition: string,
  flags: KeptEditionFlags,
  outside: Outside,
): Promise<KeptEdition> {
  const root = projectRootOf(io.cwd);
  // What names no edition is refused before it becomes part of a path.
  folderOfEdition(root, edition);
  return flags.env === undefined && existsSync(join(gameDayFolders(root), edition))
    ? rehearsed(root, edition)
    : deployed(io, edition, flags, outside);
}

async function rehearsed(root: string, edition: string): Promise<KeptEdition> {
  const { record } = await readLocalEdition(root, edition);
  return {
    edition,
    root,
    flags: '',
    record,
    journalOf: (runId) =>
      readFile(join(runsFolder(root), runId, runFiles.journal), 'utf8').catch(() => undefined),
    signer: async () => {
      const { createLocalSigner } = await import('../../rehearsal/evidence-key.ts');
      return createLocalSigner(root);
    },
  };
}

async function deployed(
  io: Io,
  edition: string,
  flags: KeptEditionFlags,
  outside: Outside,
): Promise<KeptEdition> {
  const environment = await openEnvironment(io, flags, outside);
  const { names, connection, root, id } = environment;
  const { openAwsGameDays } = await import('./aws-client.ts');
  const place = await openAwsGameDays(environment);
  const record = await place.open(edition, flags.role).record();
  const { createRunFiles } = await import('../../aws/command/run-files.ts');
  return {
    edition,
    root,
    flags: ` --env ${id}`,
    record,
    journalOf: (runId) =>
      createRunFiles({ s3: connection.clients.s3, bucket: names.bucket, runId }).read(runFiles.journal),
    signer: async () => {
      const { createKmsSigner } = await import('../../aws/game-day/kms-signer.ts');
      return createKmsSigner(connection.place, names.evidenceAlias);
    },
  };
}
