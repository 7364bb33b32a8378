import { constants, existsSync } from 'node:fs';
import { access, lstat, statfs } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../../../experiment/steadfast-error.ts';
import { registryFolder } from '../../../lab/processes/registry.ts';
import { fine, type Look, unfit } from '../look.ts';

/** The folder itself, or the nearest above it that is there: where it would be made. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));

/** Whether runs can be written. */
export const runsFolderLook = (root: string): Look => ({
  name: 'runs-folder',
  docs: 'how-to/end-and-clean-up.md',
  look: async () => {
    const folder = join(root, '.steadfast', 'runs');
    const there = nearest(folder);
    try {
      await access(there, constants.W_OK | constants.X_OK);
      return fine(there === folder ? `${folder} can be written` : `${folder} can be made`);
    } catch (thrown) {
      return unfit(
        'fail',
        `${there} cannot be written: ${messageOf(thrown)}`,
        'see whose the folder is, or write runs elsewhere with --out',
      );
    }
  },
});

const mebibyte = 2 ** 20;
/** A rehearsal writes samples, logs and a report: some ten MiB, a database in the lab about a hundred more. */
const [fewestMiB, fewMiB] = [100, 1_000] as const;

/** How much the disk of the runs still holds; tests say it. */
type FreeBytes = (folder: string) => Promise<number>;

const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Whether the disk has room for runs. */
export const diskLook = (root: string, free: FreeBytes = freeBytes): Look => ({
  name: 'disk',
  docs: 'how-to/end-and-clean-up.md',
  look: async () => {
    const mib = Math.floor((await free(nearest(join(root, '.steadfast', 'runs')))) / mebibyte);
    const seen = `${mib} MiB are free where runs are written`;
    const mend = 'delete what nobody needs: runs lie in .steadfast/runs';
    if (mib < fewestMiB) return unfit('fail', seen, mend);
    return mib < fewMiB ? unfit('warn', seen, mend) : fine(seen);
  },
});

/** Whether labs can keep the list of what they start, in a folder that nobody else can write. */
export const temporaryFolderLook = (registry = registryFolder()): Look => ({
  name: 'temporary-folder',
  docs: 'how-to/end-and-clean-up.md',
  look: async () => {
    const folder = nearest(registry);
    try {
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (thrown) {
      return unfit(
        'fail',
        `${folder} cannot be written: ${messageOf(thrown)}`,
        'set TMPDIR to a folder of your own',
      );
    }
    if (folder !== registry) return fine(`${tmpdir()} can be written`);
    const found = await lstat(registry);
    const { uid } = userInfo();
    const isOurs = found.isDirectory() && (uid < 0 || (found.uid === uid && (found.mode & 0o022) === 0));
    return isOurs
      ? fine(`${registry} is of this user alone`)
      : unfit(
          'fail',
          `${registry} is not a folder of this user alone`,
          'remove it, or set TMPDIR to another',
        );
  },
});
