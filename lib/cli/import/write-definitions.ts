import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Imported } from '../../import/import-source.ts';
import { writeNew } from '../../rehearsal/write-new.ts';

/**
 * Writes each definition to a file named by its id; a file that says the same already stays as it is.
 *
 * @returns the files, relative to where the command runs
 * @throws {SteadfastError} `cannot-begin` where another file of the name is there, before anything is written; or a folder
 * that cannot be written
 */
export async function writeDefinitions(
  definitions: readonly Imported[],
  folder: string,
  cwd: string,
): Promise<string[]> {
  const files = definitions.map(({ kind, definition, text }) => ({
    file: join(resolve(cwd, folder), ...(kind === 'lab' ? ['labs'] : []), `${definition.id}.yaml`),
    text,
  }));
  for (const { file, text } of files) {
    const there = await contentOf(file);
    if (there === undefined || there === text) continue;
    throw new SteadfastError(
      'cannot-begin',
      `${relative(cwd, file)} is there already, and says something else`,
      {
        hint: 'nothing is overwritten: move it away, or name another folder with --out',
      },
    );
  }
  for (const { file, text } of files) await write(file, text);
  return files.map(({ file }) => relative(cwd, file));
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeNew(file, text);
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the definition cannot be written: ${messageOf(cause)}`, {
      cause,
    });
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return undefined;
    throw new SteadfastError('cannot-begin', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
