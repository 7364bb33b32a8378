import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { runFiles } from '../rehearsal/file-run-store.ts';

/** Where a run's files go: the folder that was asked for, else one of the project's own. */
export const folderOfRun = (options: {
  readonly asked: string | undefined;
  readonly cwd: string;
  readonly root: string;
  readonly runId: string;
}): string =>
  options.asked === undefined
    ? join(options.root, '.steadfast', 'runs', options.runId)
    : resolve(options.cwd, options.asked);

/**
 * Makes the folder where it is not there, and sees that all can be written to it before anything is started.
 *
 * @throws SteadfastError `cannot-begin`
 */
export async function writableFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    const trial = join(folder, '.steadfast-trial');
    await writeFile(trial, '');
    await rm(trial);
    for (const file of Object.values(runFiles)) {
      // Of an earlier run, or not at all: what this run leaves when it is interrupted must not be taken for another's.
      await rm(join(folder, file), { force: true });
    }
    // What an interrupted run left of its observations would be taken for this run's.
    if ((await readdir(folder)).includes('.observations'))
      await rm(join(folder, '.observations'), { recursive: true });
    return folder;
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the folder ${folder} cannot be written: ${messageOf(cause)}`, {
      hint: 'choose another one with --out DIR',
      cause,
    });
  }
}
