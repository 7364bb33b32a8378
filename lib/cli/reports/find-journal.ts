import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { projectRootOf } from '../../definitions/project-root.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import type { Journal } from '../../run/journal.ts';
import { openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';
import { journalIn, readJournal } from '../judge/read-journal.ts';
import { runsFolder } from '../runs-folder.ts';
import { pathFor } from '../tell-result.ts';

/** Where runs are looked for. */
export interface SourceFlags {
  /** The environment whose runs they are; without it those on this machine. */
  readonly env?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** A folder of runs, each in a folder of its own, instead of the project's. */
  readonly runs?: string | undefined;
}

/** The folder of runs on this machine. */
export const folderOfRuns = (io: Io, { runs }: SourceFlags): string =>
  runs === undefined ? runsFolder(projectRootOf(io.cwd)) : resolve(io.cwd, runs);

/**
 * The journal of a run: a file, a run's folder, or the id of a run on this machine or, with an environment, in AWS.
 *
 * @throws SteadfastError `unknown-id` where there is none, `invalid` with its problems where it cannot be read
 */
export async function findJournal(
  io: Io,
  argument: string,
  flags: SourceFlags,
  outside: Outside,
): Promise<Journal> {
  const file =
    (await fileOf(resolve(io.cwd, argument))) ?? (await fileOf(join(folderOfRuns(io, flags), argument)));
  if (file !== undefined) return readJournal(file, pathFor(io, file));
  if (flags.env !== undefined && flags.runs === undefined)
    return journalInAws(io, argument, { ...flags, env: flags.env }, outside);
  throw new SteadfastError(
    'unknown-id',
    `there is no run '${argument}' here, neither as a file nor by its id`,
    {
      hint: 'steadfast runs lists those on this machine; one in AWS is found with --env <name>',
    },
  );
}

/** The journal that a file is, or that a folder holds; undefined where there is neither. */
async function fileOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return found === undefined ? undefined : path;
  const inside = join(path, runFiles.journal);
  if ((await stat(inside).catch(() => undefined)) !== undefined) return inside;
  throw new SteadfastError('unknown-id', `the folder ${path} holds no ${runFiles.journal}`, {
    hint: 'name the folder of one run; a rehearsal that was interrupted has none',
  });
}

async function journalInAws(
  io: Io,
  runId: string,
  flags: SourceFlags & { readonly env: string },
  outside: Outside,
): Promise<Journal> {
  const { names, connection } = await openEnvironment(io, flags, outside);
  const { createRunFiles } = await import('../../aws/command/run-files.ts');
  const files = createRunFiles({ s3: connection.clients.s3, bucket: names.bucket, runId });
  const text = await files.read(runFiles.journal);
  const shown = `s3://${names.bucket}/runs/${runId}/${runFiles.journal}`;
  if (text !== undefined) return journalIn(text, shown, shown);
  throw new SteadfastError('unknown-id', `there is no journal of a run '${runId}' in ${flags.env}`, {
    hint: `steadfast runs --env ${flags.env} lists its runs; one that goes on has no journal yet`,
  });
}
