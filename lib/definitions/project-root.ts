import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The project that a file or folder belongs to: the nearest folder above that holds `experiments/`, else the folder itself. */
export function projectRootOf(start: string): string {
  const from = resolve(start);
  for (let folder = from; ; folder = dirname(folder)) {
    if (isFolder(join(folder, 'experiments'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}
