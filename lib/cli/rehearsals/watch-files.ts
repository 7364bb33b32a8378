import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './watched-places.ts';

/** More folders than this are a place that was not meant, such as a home folder. */
const mostFolders = 2_000;

/** What tells one content of a file from another without reading it. */
const markOf = (path: string): string | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true ? `${found.mtimeMs} ${found.size}` : undefined;
};

/**
 * Tells each file in the folders and below that is written, made, renamed or removed. Each folder is watched by itself, so that what is
 * ignored (`node_modules`) is never walked. A file that is only read or touched without a change tells nothing.
 *
 * @returns ends it
 */
export function watchFiles({ folders, ignores }: Places, onChange: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const marks = new Map<string, string>();

  const leave = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  /** @param isNew what is in it was not there before */
  const enter = (folder: string, isNew: boolean): void => {
    if (watchers.has(folder) || watchers.size >= mostFolders) return;
    try {
      const watcher = watch(folder, (_event, name) => look(join(folder, name ?? ''), folder));
      watchers.set(folder, watcher);
      watcher.on('error', () => leave(folder));
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (ignores(path)) continue;
        if (entry.isDirectory()) enter(path, isNew);
        else if (isNew) look(path, folder);
        else remember(path);
      }
    } catch {
      leave(folder); // it was removed meanwhile, or nobody may read it
    }
  };

  const remember = (path: string): boolean => {
    const [before, mark] = [marks.get(path), markOf(path)];
    if (mark === undefined) return marks.delete(path);
    marks.set(path, mark);
    return mark !== before;
  };

  const look = (path: string, folder: string): void => {
    if (path === folder || ignores(path)) return;
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      enter(path, true);
      return;
    }
    leave(path);
    if (remember(path)) onChange(path);
  };

  for (const folder of folders) enter(folder, false);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
}
